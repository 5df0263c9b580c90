import { useEffect, useRef, useState } from "preact/hooks";
import { Channels, type PageSettings } from "./channels.tsx";
import type { Chat } from "./chat.ts";
import { Composer, type ComposerHandle } from "./composer.tsx";
import { Icon } from "./icons.tsx";
import { MessageList } from "./messageList.tsx";
import { Search } from "./search.tsx";
import type { ShownMessage } from "./state.ts";
import { Welcome } from "./welcome.tsx";
import { useWords } from "./words.ts";

const narrow = matchMedia("(max-width: 760px)");
/** Whether there are keys to type with; on a phone they would cover half of the page. */
const hasKeys = matchMedia("(hover: hover) and (pointer: fine)");

/** Whether the window is as narrow as a phone: the sidebar is a drawer then. */
const useNarrow = (): boolean => {
  const [is, setIs] = useState(narrow.matches);
  useEffect(() => {
    const update = () => setIs(narrow.matches);
    narrow.addEventListener("change", update);
    return () => narrow.removeEventListener("change", update);
  }, []);
  return is;
};

/** Reads aloud what came from others, once; history is not read. */
const Announcer = ({ messages }: { messages: readonly ShownMessage[] | undefined }) => {
  const [said, setSaid] = useState("");
  const known = useRef<ReadonlyMap<string, string>>(undefined);
  useEffect(() => {
    if (!messages) return;
    const now = new Map(messages.map((it) => [it.id, it.text]));
    const fresh = known.current && messages.filter((it) => it.text && known.current?.get(it.id) !== it.text && !it.draft).at(-1);
    if (fresh) setSaid(`${fresh.author.name}: ${fresh.text.replace(/[*`]/g, "")}`);
    known.current = now;
  }, [messages]);
  return (
    <div class="unseen" aria-live="polite">
      {said}
    </div>
  );
};

/** The chat itself: sidebar or drawer, history, composer. */
export const ChatView = ({ chat, settings }: { chat: Chat; settings: PageSettings }) => {
  const { t } = useWords();
  const isNarrow = useNarrow();
  const drawer = useRef<HTMLDialogElement>(null);
  const composer = useRef<ComposerHandle>(null);
  const [replyTo, setReplyTo] = useState<ShownMessage>();
  const [searching, setSearching] = useState(false);
  const [target, setTarget] = useState<{ id: string }>();
  const { state } = chat;
  const messages = state.messages[state.channel];
  const name = state.channels.find((it) => it.id === state.channel)?.name ?? state.channel;
  const sidebar = <Channels chat={chat} settings={settings} onChosen={() => drawer.current?.close()} />;
  useEffect(() => {
    const it = drawer.current;
    const besides = (event: MouseEvent) => event.target === it && it?.close();
    it?.addEventListener("click", besides);
    return () => it?.removeEventListener("click", besides);
  }, [isNarrow]);
  useEffect(() => {
    if (hasKeys.matches) composer.current?.focus();
  }, []);
  useEffect(() => {
    setReplyTo(undefined);
    setTarget(undefined);
  }, [state.channel]);
  useEffect(() => {
    document.title = `${state.unread.length > 0 ? "• " : ""}#${name} · Peerlab`;
  }, [name, state.unread.length]);
  return (
    <div class="chat">
      <button type="button" class="skip pill" onClick={() => composer.current?.focus()}>
        {t("toComposer")}
      </button>
      {isNarrow ? (
        <dialog class="drawer" ref={drawer} aria-label={t("channels")}>
          {sidebar}
        </dialog>
      ) : (
        <aside>{sidebar}</aside>
      )}
      <main>
        <header>
          {isNarrow && (
            <button type="button" class="icon-button" aria-label={t("menuOpen")} onClick={() => drawer.current?.showModal()}>
              <Icon name="menu" />
              {state.unread.length > 0 && <span class="dot" role="img" aria-label={t("unread")} />}
            </button>
          )}
          <h1>
            <span class="hash">#</span> {name}
          </h1>
          <button
            type="button"
            class="icon-button"
            aria-label={t("search", { name })}
            title={t("search", { name })}
            onClick={() => setSearching(true)}
          >
            <Icon name="search" />
          </button>
        </header>
        {!state.online && (
          <p class="offline" role="status">
            <span class="spinner" aria-hidden="true" /> {t("offline")}
          </p>
        )}
        {messages?.length === 0 ? (
          <Welcome chat={chat} begin={(text, files) => composer.current?.begin(text, files)} />
        ) : (
          <MessageList
            chat={chat}
            target={target}
            begin={(text) => composer.current?.begin(text)}
            onReply={(message) => {
              setReplyTo(message);
              composer.current?.focus();
            }}
          />
        )}
        {searching && (
          <Search
            chat={chat}
            name={name}
            go={(id) => void chat.loadBackTo(id).then(() => setTarget({ id }))}
            onClose={() => setSearching(false)}
          />
        )}
        <Announcer key={state.channel} messages={messages} />
        <Composer chat={chat} replyTo={replyTo} endReply={() => setReplyTo(undefined)} handle={composer} />
      </main>
    </div>
  );
};
