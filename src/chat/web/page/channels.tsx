import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Chat } from "./chat.ts";
import { isComposing } from "./composing.ts";
import { Icon, Mark } from "./icons.tsx";
import { Avatar } from "./messageView.tsx";
import { type Theme, themes } from "./settings.ts";
import { useWords } from "./words.ts";

export interface PageSettings {
  theme: Theme;
  setTheme(theme: Theme): void;
  switchLanguage(): void;
  rename(): void;
}

const NewChannel = ({ chat, onChosen }: { chat: Chat; onChosen(): void }) => {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => input.current?.focus(), [open]);
  if (!open) {
    return (
      <button type="button" class="channel quiet" onClick={() => setOpen(true)}>
        <Icon name="plus" size={18} /> {t("channelNew")}
      </button>
    );
  }
  const create = (event: Event) => {
    event.preventDefault();
    if (!name.trim()) return;
    void chat.openChannel(name.trim()).then(() => {
      setName("");
      setOpen(false);
      onChosen();
    });
  };
  return (
    <form
      class="channel-form"
      onSubmit={create}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || isComposing(event)) return;
        // It closes the form, not the drawer around it.
        event.preventDefault();
        event.stopPropagation();
        setOpen(false);
      }}
    >
      <input
        ref={input}
        value={name}
        maxLength={40}
        aria-label={t("channelName")}
        placeholder={t("channelName")}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <button type="submit" class="primary">
        {t("create")}
      </button>
    </form>
  );
};

/** The sidebar: where to talk, and how the page looks. */
export const Channels = ({ chat, settings, onChosen }: { chat: Chat; settings: PageSettings; onChosen(): void }) => {
  const { t } = useWords();
  const { channels, channel, unread } = chat.state;
  const nextTheme = themes[(themes.indexOf(settings.theme) + 1) % themes.length] as Theme;
  const themeName = { system: "themeSystem", light: "themeLight", dark: "themeDark" } as const;
  return (
    <div class="sidebar">
      <div class="brand">
        <Mark />
        <div>
          <strong>Peerlab</strong>
          <span>{t("tagline")}</span>
        </div>
      </div>
      <nav aria-label={t("channels")}>
        <h2>{t("channels")}</h2>
        <ul>
          {channels.map((it) => (
            <li key={it.id}>
              <button
                type="button"
                class="channel"
                aria-current={it.id === channel ? "page" : undefined}
                onClick={() => {
                  chat.look(it.id);
                  onChosen();
                }}
              >
                <span class="hash">#</span>
                <span class="channel-name">{it.name}</span>
                {unread.includes(it.id) && <span class="dot" role="img" aria-label={t("unread")} />}
              </button>
            </li>
          ))}
        </ul>
        <NewChannel chat={chat} onChosen={onChosen} />
      </nav>
      <div class="page-settings">
        <button type="button" class="who" onClick={settings.rename}>
          <Avatar {...chat.me} bot={false} />
          <span class="channel-name">{chat.me.name}</span>
          <span class="unseen">{t("nameRename")}</span>
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label={t(themeName[settings.theme])}
          title={t(themeName[settings.theme])}
          onClick={() => settings.setTheme(nextTheme)}
        >
          <Icon name={settings.theme} />
        </button>
        <LanguageButton onClick={settings.switchLanguage} />
      </div>
    </div>
  );
};

/** Says the other language's name in that language. */
export const LanguageButton = ({ onClick }: { onClick(): void }) => {
  const { lang, t } = useWords();
  const other = lang === "ko" ? "en" : "ko";
  return (
    <button type="button" class="icon-button language" lang={other} title={t("language")} onClick={onClick}>
      {lang === "ko" ? "EN" : "한"}
      <span class="unseen">{t("languageRest")}</span>
    </button>
  );
};
