import { useEffect, useState } from "preact/hooks";
import { plainText } from "../../../richText.ts";
import type { Message } from "../message.ts";
import type { Chat } from "./chat.ts";
import { Icon } from "./icons.tsx";
import { snippetOf } from "./snippet.ts";
import { useDialog } from "./useDialog.ts";
import { useWords } from "./words.ts";

/** Typing is quicker than this; only the pause asks the server. */
const PAUSE_MS = 200;
/** The server answers with at most so many messages and their answers. */
const MOST = 50;

type Found = { text: string; messages: readonly Message[] } | { text: string; problem: string };

/** What the server finds in a channel for a text, once typing pauses; what was found before stays until then. */
const useFound = (chat: Chat, channel: string, typed: string): Found | undefined => {
  const [found, setFound] = useState<Found>();
  const text = typed.trim();
  useEffect(() => {
    if (text === "") return setFound(undefined);
    let late = false;
    const show = (it: Found) => late || setFound(it);
    const timer = setTimeout(() => {
      chat.api.search(channel, text).then(
        (messages) => show({ text, messages }),
        (error: Error) => show({ text, problem: error.message }),
      );
    }, PAUSE_MS);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [channel, text]);
  return found;
};

const Hit = ({ message, searched, go }: { message: Message; searched: string; go(): void }) => {
  const { lang } = useWords();
  const at = new Date(message.at);
  return (
    <li>
      <button type="button" class="hit" onClick={go}>
        <span class="hit-head">
          <strong>{message.author.name}</strong>
          <time dateTime={message.at}>{at.toLocaleString(lang, { dateStyle: "medium", timeStyle: "short" })}</time>
        </span>
        <span class="hit-text">
          {snippetOf(plainText(message.text), searched).map(({ text, found }, index) =>
            found ? <mark key={index}>{text}</mark> : text,
          )}
        </span>
      </button>
    </li>
  );
};

/** Looks for words in the channel that is looked at: in its messages, commands and answers. A tap on one goes there. */
export const Search = ({ chat, name, go, onClose }: { chat: Chat; name: string; go(message: string): void; onClose(): void }) => {
  const { t } = useWords();
  const dialog = useDialog();
  const [typed, setTyped] = useState("");
  const found = useFound(chat, chat.state.channel, typed);
  useEffect(() => {
    const it = dialog.current;
    const besides = (event: MouseEvent) => event.target === it && it?.close();
    it?.addEventListener("click", besides);
    return () => it?.removeEventListener("click", besides);
  }, []);
  const summary = () => {
    if (!found) return "";
    if ("problem" in found) return t("searchFailed", { why: found.problem });
    const count = found.messages.length;
    if (count === 0) return t("searchNothing", { text: found.text });
    return t(count < MOST ? "searchFound" : "searchMany", { count });
  };
  return (
    <dialog class="search" ref={dialog} aria-label={t("search", { name })} onClose={onClose}>
      <search class="search-body">
        <div class="search-bar">
          <Icon name="search" />
          <input
            type="text"
            value={typed}
            maxLength={200}
            enterkeyhint="search"
            aria-label={t("search", { name })}
            placeholder={t("searchHint")}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
          <button type="button" class="icon-button" aria-label={t("close")} onClick={() => dialog.current?.close()}>
            <Icon name="close" />
          </button>
        </div>
        <p class="note" role="status">
          {summary()}
        </p>
        {found && "messages" in found && (
          <ol class="hits">
            {found.messages.map((it) => (
              <Hit
                key={it.id}
                message={it}
                searched={found.text}
                go={() => {
                  dialog.current?.close();
                  go(it.id);
                }}
              />
            ))}
          </ol>
        )}
      </search>
    </dialog>
  );
};
