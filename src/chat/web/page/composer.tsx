import type { RefObject } from "preact";
import { useImperativeHandle, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { DescribedOption } from "../describe.ts";
import { accepted } from "./attach.ts";
import { Attachments } from "./attachments.tsx";
import type { Chat } from "./chat.ts";
import { accept, commandIn, type Entry, isComplete, valuesIn } from "./completion.ts";
import { isComposing } from "./composing.ts";
import { Icon } from "./icons.tsx";
import { entryId, MENU_ID, Menu } from "./menu.tsx";
import { newId } from "./newId.ts";
import { NumberSlider } from "./numberSlider.tsx";
import { OptionBar } from "./optionBar.tsx";
import { Replying } from "./replying.tsx";
import type { ShownMessage } from "./state.ts";
import { useAttachments } from "./useAttachments.ts";
import { useDraft } from "./useDraft.ts";
import { useMenu } from "./useMenu.ts";
import { useOnnxForm } from "./useOnnxForm.ts";
import { useWords } from "./words.ts";

/** What the rest of the page may do to the composer. */
export interface ComposerHandle {
  /** Puts a text in and asks for a picture, unless files come with it or are attached already. */
  begin(text: string, files?: readonly File[]): void;
  focus(): void;
}

/** Where messages are written: text with a menu for commands, files, and a message to reply to. */
export const Composer = ({
  chat,
  replyTo,
  endReply,
  handle,
}: {
  chat: Chat;
  replyTo: ShownMessage | undefined;
  endReply(): void;
  handle: RefObject<ComposerHandle | null>;
}) => {
  const { lang, t } = useWords();
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [caret, setCaret] = useState(0);
  const [hint, setHint] = useState("");
  const files = useAttachments(chat);
  const menu = useMenu(chat, text, caret);
  const command = commandIn(text, chat.commands);
  const channel = chat.state.channels.find((it) => it.id === chat.state.channel)?.name ?? chat.state.channel;
  const needed = command?.options.filter((it) => (it.kind === "image" || it.kind === "images") && it.required).length ?? 0;
  const quoted = files.all.length > 0 ? 0 : (replyTo?.pictures.length ?? 0) || (replyTo?.request ? needed : 0);
  const empty = text.trim() === "" && files.all.length === 0;
  useDraft(chat.state.channel, text, (draft) => {
    setText(draft);
    setCaret(draft.length);
  });
  const about = useOnnxForm(chat, files.all, text, (line) => write(line, line.length));
  const lastSent = () =>
    (chat.state.messages[chat.state.channel] ?? []).findLast((it) => it.author.id === chat.me.id && it.text)?.text;

  const write = (next: string, at: number) => {
    setText(next);
    setCaret(at);
    setHint("");
    const it = area.current as HTMLTextAreaElement;
    it.value = next;
    it.focus();
    it.setSelectionRange(at, at);
  };
  useImperativeHandle(
    handle,
    () => ({
      begin: (next, given) => {
        write(next, next.length);
        if (given) files.add(given);
        else if (files.all.length === 0) picker.current?.click();
      },
      focus: () => area.current?.focus(),
    }),
    [files],
  );
  useLayoutEffect(() => {
    const it = area.current as HTMLTextAreaElement;
    it.style.height = "auto";
    it.style.height = `${it.scrollHeight}px`;
  }, [text]);

  const send = () => {
    if (empty) return;
    if (files.all.some((it) => it.error)) return setHint(t("fileFailed"));
    if (needed > files.all.length + quoted) {
      setHint(t("needsPictureNow"));
      picker.current?.click();
      return;
    }
    void chat.send({
      id: newId(),
      channel: chat.state.channel,
      text: text.trim(),
      attachments: files.all,
      ...(replyTo ? { replyTo: replyTo.id } : {}),
    });
    files.clear();
    endReply();
    write("", 0);
  };
  const choose = (entry: Entry) => {
    if (!menu.spot) return;
    const next = accept(text, menu.spot, entry.insert);
    write(next.text, next.caret);
  };
  const edit = (option: DescribedOption) => {
    const given = command && valuesIn(text, command).get(option.name);
    if (given) return write(text, given.to);
    const next = `${text.trimEnd()} ${lang === "ko" ? option.ko : option.name}:`;
    write(next, next.length);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends the composition of a Hangul syllable is not meant to send.
    if (isComposing(event)) return;
    const { key, shiftKey } = event;
    const open = menu.entries.length > 0;
    const entry = menu.entries[menu.active];
    const handled = () => event.preventDefault();
    const last = key === "ArrowUp" && text === "" ? lastSent() : undefined;
    if (last !== undefined) {
      handled();
      write(last, last.length);
    } else if (menu.movable && (key === "ArrowDown" || key === "ArrowUp")) {
      handled();
      menu.move(key === "ArrowDown" ? 1 : -1);
    } else if (open && key === "Escape") {
      handled();
      menu.close();
    } else if (open && key === "Tab" && !shiftKey) {
      handled();
      choose((entry ?? menu.entries[0]) as Entry);
    } else if (key === "Enter" && !shiftKey) {
      handled();
      if (entry && menu.spot && !isComplete(menu.spot, menu.entries)) choose(entry);
      else send();
    } else if (key === "Escape" && replyTo) endReply();
  };
  const track = () => setCaret(area.current?.selectionStart ?? 0);
  const { spot } = menu;
  const own = (it: { name: string; ko: string }) => (lang === "ko" ? it.ko : it.name);
  const title =
    spot?.kind === "option"
      ? t("options", { name: `/${own(spot.command)}` })
      : spot?.kind === "value"
        ? t("values", { name: own(spot.option) })
        : t("commands");
  const expanded = menu.entries.length > 0;

  return (
    <div class="composer">
      <div class="unseen" role="status">
        {expanded && `${title}: ${t("choices", { count: menu.entries.length })}`}
      </div>
      {files.dragging && <div class="drop">{t("drop")}</div>}
      {expanded && <Menu title={title} entries={menu.entries} active={menu.active} choose={choose} />}
      {spot?.kind === "value" && spot.option.kind === "number" && (
        <NumberSlider
          option={spot.option}
          typed={spot.typed}
          set={(value) => {
            const next = accept(text, spot, value);
            setText(next.text);
            setCaret(next.caret);
          }}
        />
      )}
      <div class="composer-box">
        {replyTo && <Replying message={replyTo} end={endReply} />}
        <Attachments all={files.all} about={about} remove={files.remove} retry={files.upload} />
        {command && command.options.length > 0 && (
          <OptionBar
            command={command}
            text={text}
            files={files.all.length + quoted}
            edit={edit}
            pick={() => picker.current?.click()}
          />
        )}
        <div class="composer-row">
          <button
            type="button"
            class="icon-button"
            aria-label={t("attach")}
            title={t("attach")}
            onClick={() => picker.current?.click()}
          >
            <Icon name="plus" size={22} />
          </button>
          <textarea
            ref={area}
            rows={1}
            value={text}
            aria-label={t("composer", { name: channel })}
            aria-autocomplete="list"
            aria-haspopup="listbox"
            aria-controls={expanded ? MENU_ID : undefined}
            aria-activedescendant={menu.active >= 0 ? entryId(menu.active) : undefined}
            placeholder={t("composerHint")}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={!text.startsWith("/")}
            onInput={(event) => {
              setText(event.currentTarget.value);
              setHint("");
              track();
            }}
            onSelect={track}
            onKeyDown={onKeyDown}
          />
          <button type="button" class="send primary" aria-label={t("send")} disabled={empty} onClick={send}>
            <Icon name="send" size={22} />
          </button>
        </div>
        {hint && (
          <p class="hint" role="status">
            <Icon name="image" size={16} /> {hint}
          </p>
        )}
      </div>
      <input
        ref={picker}
        type="file"
        class="picker"
        multiple
        accept={accepted(chat.commands)}
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          files.add(event.currentTarget.files ?? []);
          event.currentTarget.value = "";
          setHint("");
          area.current?.focus();
        }}
      />
    </div>
  );
};
