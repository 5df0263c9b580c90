import { useEffect, useRef, useState } from "preact/hooks";
import { plainText } from "../../../richText.ts";
import { smallUrl } from "./api.ts";
import type { Chat } from "./chat.ts";
import { Dials } from "./dials.tsx";
import { Icon, Mark } from "./icons.tsx";
import { FileChip, LivePicture, Pictures } from "./pictures.tsx";
import { PressProblem, usePressing } from "./pressing.tsx";
import { ProgressBar } from "./progressBar.tsx";
import { isLong, Rich, TableView } from "./rich.tsx";
import { RowCards } from "./rowCards.tsx";
import type { ShownMessage } from "./state.ts";
import { TileDialog } from "./tileDialog.tsx";
import { useWords } from "./words.ts";

/** The same person has the same colour everywhere. */
const hueOf = (id: string) => [...id].reduce((sum, it) => (sum * 31 + it.charCodeAt(0)) % 360, 7);

export const Avatar = ({ id, name, bot }: { id: string; name: string; bot: boolean }) =>
  bot ? (
    <span class="avatar bot" aria-hidden="true">
      <Mark size={20} />
    </span>
  ) : (
    <span class="avatar" aria-hidden="true" style={{ "--hue": String(hueOf(id)) }}>
      {[...name][0]?.toUpperCase()}
    </span>
  );

/** What a message answers: its author, its picture and the beginning of its text. */
export const Quote = ({ message }: { message: ShownMessage }) => (
  <span class="quote">
    {message.pictures[0] && <img src={smallUrl(message.pictures[0], "photo")} alt="" loading="lazy" />}
    <strong>{message.author.name}</strong>
    <span class="quote-text">{plainText(message.text) || message.pictures[0]?.name || message.files[0]?.name}</span>
  </span>
);

/** The part of a message that is on its way: still sending, or not sent. */
const Sending = ({ message, chat }: { message: ShownMessage; chat: Chat }) => {
  const { t } = useWords();
  if (!message.draft) return null;
  const { draft, problem } = message;
  return (
    <>
      <div class="pictures small">
        {draft.attachments.map((it) =>
          it.url ? (
            <img key={it.key} class="picture" src={it.url} alt={it.file.name} />
          ) : (
            <span key={it.key}>{it.file.name}</span>
          ),
        )}
      </div>
      {problem === undefined ? (
        <p class="note">{t("sending")}</p>
      ) : (
        <div class="note trouble" role="alert">
          <Icon name="warn" size={18} /> {t("notSent", { why: problem })}
          <button type="button" class="link" onClick={() => chat.send(draft)}>
            {t("retry")}
          </button>
          <button type="button" class="link" onClick={() => chat.discard(draft)}>
            {t("discard")}
          </button>
        </div>
      )}
    </>
  );
};

/** How far a request is, and for whoever asked, how to stop it. */
const Waiting = ({ request, chat, own }: { request: string; chat: Chat; own: boolean }) => {
  const { t } = useWords();
  const [asking, setAsking] = useState(false);
  const progress = chat.state.progress[request];
  const stopping = asking || progress?.stopping === true;
  const stop = () => {
    setAsking(true);
    void chat.cancel(request).finally(() => setAsking(false));
  };
  return (
    <div class="waiting">
      <ProgressBar progress={progress} />
      {own && (
        <button type="button" class="pill" disabled={stopping} onClick={stop}>
          {t(stopping ? "cancelling" : "cancel")}
        </button>
      )}
    </div>
  );
};

/** A message's buttons, but for those that stand in its table. While one of them changes the message, its progress stands where they stand, so that nothing below moves. */
const Buttons = ({ message, chat, begin }: Pick<MessageProps, "message" | "chat" | "begin">) => {
  const { busy, problem, press } = usePressing(message, chat, begin);
  const inRows = message.buttonDetails?.flatMap((it) => (it.row ? [it.button] : [])) ?? [];
  const pressed = useRef<HTMLButtonElement | null>(null);
  const { changing } = message;
  // Whoever pressed with the keyboard goes on where they were.
  useEffect(() => {
    if (!changing && document.activeElement === document.body) pressed.current?.focus();
    if (!changing) pressed.current = null;
  }, [changing !== undefined]);
  if (message.buttons.length === inRows.length) return null;
  return (
    <>
      <div class="actions">
        <div class={changing ? "buttons behind" : "buttons"}>
          {message.buttons.map((label, index) =>
            inRows.includes(index) ? null : (
              <button
                type="button"
                key={index}
                class="pill"
                disabled={busy === index}
                onClick={(event) => {
                  pressed.current = event.currentTarget;
                  press(index);
                }}
              >
                {label}
              </button>
            ),
          )}
        </div>
        {changing && <Waiting request={changing.request} chat={chat} own={changing.userId === chat.me.id} />}
      </div>
      <PressProblem problem={problem} />
    </>
  );
};

/** A message's pictures, and a tile of a sheet when it is tapped. */
const Answered = ({ message, chat }: { message: ShownMessage; chat: Chat }) => {
  const [tile, setTile] = useState<number>();
  const opens = message.controls?.findIndex((it) => it.kind === "tile") ?? -1;
  return (
    <>
      <Pictures
        pictures={message.pictures}
        small={!message.author.bot}
        onTile={opens >= 0 && !message.changing ? setTile : undefined}
      />
      {tile !== undefined && (
        <TileDialog message={message} control={opens} first={tile} chat={chat} onClose={() => setTile(undefined)} />
      )}
    </>
  );
};

export interface MessageProps {
  message: ShownMessage;
  /** The message that it answers, unless that one stands right above. */
  quoted: ShownMessage | undefined;
  /** Whether the author's name can be left out, because the message above has it. */
  joined: boolean;
  /** Whether this browser's peer asked for it. */
  own: boolean;
  chat: Chat;
  onReply(message: ShownMessage): void;
  /** Puts a command into the composer, and asks for a picture. */
  begin(text: string): void;
}

/** One message of the history. */
export const MessageView = ({ message, quoted, joined, own, chat, onReply, begin }: MessageProps) => {
  const { lang, t } = useWords();
  const { author, request } = message;
  const status = request?.status ?? "done";
  const progress = request && chat.state.progress[request.id];
  const at = new Date(message.at);
  const isCards = message.buttonDetails?.some((it) => it.row) === true;
  const table =
    message.table &&
    (isCards ? (
      <RowCards table={message.table} message={message} chat={chat} begin={begin} />
    ) : (
      <TableView table={message.table} label={t("table")} />
    ));
  const folds = message.table !== undefined && !isCards && isLong(message.table);
  const replyable = !message.draft && status !== "waiting";
  return (
    <li
      class={`message ${author.bot ? "from-bot" : "from-peer"} ${joined ? "joined" : ""} ${message.draft ? "draft" : ""}`}
      data-id={message.id}
    >
      {!joined && <Avatar {...author} />}
      <div class="message-body">
        {!joined && (
          <div class="message-head">
            <strong>{author.name}</strong>
            {author.bot && <span class="badge">{t("bot")}</span>}
            <time dateTime={message.at} title={at.toLocaleString(lang)}>
              {at.toLocaleTimeString(lang, { hour: "numeric", minute: "2-digit" })}
            </time>
            {message.visibleTo && (
              <span class="ephemeral">
                <Icon name="eye" size={14} /> {t("ephemeral")}
              </span>
            )}
          </div>
        )}
        {quoted && <Quote message={quoted} />}
        <div class={`said ${message.changing ? "changing" : status === "waiting" ? "" : status}`}>
          {message.text && <Rich text={message.text} bot={author.bot} />}
          {!folds && table}
          {request?.status === "waiting" && <Waiting request={request.id} chat={chat} own={own} />}
          {request?.status === "waiting" && progress?.picture && <LivePicture picture={progress.picture} />}
          <Answered message={message} chat={chat} />
          {folds && table}
          {message.files.map((it) => (
            <FileChip key={it.blob} file={it} />
          ))}
          <Sending message={message} chat={chat} />
          <Dials message={message} chat={chat} />
          <Buttons message={message} chat={chat} begin={begin} />
        </div>
      </div>
      {replyable && (
        <button
          type="button"
          class="reply icon-button"
          aria-label={t("replyTo", { name: author.name })}
          onClick={() => onReply(message)}
        >
          <Icon name="reply" size={18} />
        </button>
      )}
    </li>
  );
};
