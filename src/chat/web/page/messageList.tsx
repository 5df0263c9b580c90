import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Language } from "../../../text.ts";
import type { Chat } from "./chat.ts";
import { Icon } from "./icons.tsx";
import { type MessageProps, MessageView } from "./messageView.tsx";
import type { ShownMessage } from "./state.ts";
import type { Translate } from "./texts.ts";
import { useWords } from "./words.ts";

/** Messages of one author within this time stand under one name. */
const JOIN_MS = 5 * 60_000;
/** Nearer to the end than this, a reader follows what comes. */
const NEAR_PX = 120;
const DAY_MS = 86_400_000;

const dayOf = (at: string, lang: Language, t: Translate): string => {
  const day = new Date(at).toDateString();
  if (day === new Date().toDateString()) return t("today");
  if (day === new Date(Date.now() - DAY_MS).toDateString()) return t("yesterday");
  return new Date(at).toLocaleDateString(lang, { weekday: "long", month: "long", day: "numeric" });
};

const joins = (message: ShownMessage, above: ShownMessage | undefined): boolean =>
  above !== undefined &&
  !message.author.bot &&
  above.author.id === message.author.id &&
  !message.replyTo &&
  Date.parse(message.at) - Date.parse(above.at) < JOIN_MS;

/** A channel's history, kept at its end for those who read there. */
export const MessageList = ({
  chat,
  target,
  onReply,
  begin,
}: {
  chat: Chat;
  /** A message to go to; another one each time, even for the same message. */
  target: { id: string } | undefined;
} & Pick<MessageProps, "onReply" | "begin">) => {
  const { lang, t } = useWords();
  const { state } = chat;
  const messages = state.messages[state.channel] ?? [];
  const box = useRef<HTMLElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const follow = useRef(true);
  const top = useRef(0);
  const [away, setAway] = useState(false);
  const first = useRef({ id: "", height: 0 });
  /** The last that somebody said. */
  const said = useRef<string | undefined>(undefined);

  const toEnd = () => box.current?.scrollTo({ top: box.current.scrollHeight });
  const onScroll = () => {
    const it = box.current;
    if (!it) return; // scrolled by leaving the channel
    const near = it.scrollHeight - it.scrollTop - it.clientHeight < NEAR_PX;
    // Only a reader scrolls up. What grows below moves nothing, and is followed.
    if (near || it.scrollTop < top.current) follow.current = near;
    top.current = it.scrollTop;
    setAway(!follow.current);
  };
  useLayoutEffect(() => {
    follow.current = true;
    said.current = undefined;
    toEnd();
  }, [state.channel]);
  useLayoutEffect(() => {
    const it = box.current as HTMLElement;
    const grew = it.scrollHeight - first.current.height;
    const earlier =
      first.current.id !== "" &&
      first.current.id !== messages[0]?.id &&
      messages.some((message) => message.id === first.current.id);
    // Whoever asks something, perhaps with a button far above, sees what comes of it.
    const newest = messages.findLast((message) => !message.author.bot);
    const asked = newest?.author.id === chat.me.id && said.current !== undefined && said.current !== newest.id;
    said.current = newest?.id ?? "";
    if (earlier) it.scrollTop += grew;
    else if (follow.current || asked) toEnd();
    first.current = { id: messages[0]?.id ?? "", height: it.scrollHeight };
  }, [messages]);
  useLayoutEffect(() => {
    const it = target && box.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(target.id)}"]`);
    if (!it) return;
    follow.current = false;
    it.scrollIntoView({ block: "center" });
    // Whoever reads with the keys or a screen reader goes on from there.
    it.tabIndex = -1;
    it.focus({ preventScroll: true });
  }, [target]);
  // Pictures and progress change heights after they are laid out.
  useEffect(() => {
    const watch = new ResizeObserver(() => follow.current && toEnd());
    watch.observe(list.current as HTMLOListElement);
    watch.observe(box.current as HTMLElement);
    return () => watch.disconnect();
  }, []);

  return (
    <section class="history" ref={box} onScroll={onScroll} aria-label={t("messages")}>
      {state.older[state.channel] && (
        <button type="button" class="pill earlier" onClick={() => chat.loadOlder()}>
          {t("earlier")}
        </button>
      )}
      <ol class="messages" ref={list}>
        {messages.flatMap((message, index) => {
          const above = messages[index - 1];
          const day = dayOf(message.at, lang, t);
          const newDay = !above || dayOf(above.at, lang, t) !== day;
          const quoted =
            message.replyTo && message.replyTo !== above?.id ? messages.find((it) => it.id === message.replyTo) : undefined;
          const asker = message.request && messages.find((it) => it.id === message.request?.id);
          return [
            ...(newDay
              ? [
                  <li key={`day ${message.id}`} class="day">
                    <span>{day}</span>
                  </li>,
                ]
              : []),
            <MessageView
              key={message.id}
              message={message}
              quoted={quoted}
              joined={!newDay && joins(message, above)}
              own={asker?.author.id === chat.me.id}
              chat={chat}
              onReply={onReply}
              begin={begin}
            />,
          ];
        })}
      </ol>
      {away && (
        <button type="button" class="to-end icon-button" aria-label={t("toEnd")} onClick={toEnd}>
          <Icon name="down" />
        </button>
      )}
    </section>
  );
};
