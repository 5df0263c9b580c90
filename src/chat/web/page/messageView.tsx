import { useState } from "preact/hooks";
import { plainText } from "../../../richText.ts";
import { blobUrl } from "./api.ts";
import type { Chat } from "./chat.ts";
import { Icon, Mark } from "./icons.tsx";
import { FileChip, Pictures } from "./pictures.tsx";
import { ProgressBar } from "./progressBar.tsx";
import { Rich, TableView } from "./rich.tsx";
import type { Line, Progress } from "./state.ts";
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
export const Quote = ({ line }: { line: Line }) => (
  <span class="quote">
    {line.pictures[0] && <img src={blobUrl(line.pictures[0])} alt="" />}
    <strong>{line.author.name}</strong>
    <span class="quote-text">{plainText(line.text) || line.pictures[0]?.name || line.files[0]?.name}</span>
  </span>
);

/** The part of a message that is on its way: still sending, or not sent. */
const Sending = ({ line, chat }: { line: Line; chat: Chat }) => {
  const { t } = useWords();
  if (!line.draft) return null;
  const { draft, problem } = line;
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

/** What a request's message shows until its answer is there. */
const Waiting = ({ line, progress, chat, own }: { line: Line; progress: Progress | undefined; chat: Chat; own: boolean }) => {
  const { t } = useWords();
  const [stopping, setStopping] = useState(false);
  const stop = () => {
    setStopping(true);
    void chat.cancel(line).finally(() => setStopping(false));
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

const Buttons = ({ line, chat }: { line: Line; chat: Chat }) => {
  const [busy, setBusy] = useState<number>();
  if (line.buttons.length === 0) return null;
  const press = (index: number) => {
    setBusy(index);
    void chat.press(line, index).finally(() => setBusy(undefined));
  };
  return (
    <div class="buttons">
      {line.buttons.map((label, index) => (
        <button type="button" key={label} class="pill" disabled={busy === index} onClick={() => press(index)}>
          {label}
        </button>
      ))}
    </div>
  );
};

export interface MessageProps {
  line: Line;
  /** The message that it answers, unless that one stands right above. */
  quoted: Line | undefined;
  /** Whether the author's name can be left out, because the message above has it. */
  joined: boolean;
  /** Whether this browser's peer asked for it. */
  own: boolean;
  chat: Chat;
  onReply(line: Line): void;
}

/** One line of the history. */
export const MessageView = ({ line, quoted, joined, own, chat, onReply }: MessageProps) => {
  const { lang, t } = useWords();
  const { author, request } = line;
  const status = request?.status ?? "done";
  const at = new Date(line.at);
  const replyable = !line.draft && status !== "waiting";
  return (
    <li
      class={`line ${author.bot ? "from-bot" : "from-peer"} ${joined ? "joined" : ""} ${line.draft ? "draft" : ""}`}
      data-id={line.id}
    >
      {!joined && <Avatar {...author} />}
      <div class="line-body">
        {!joined && (
          <div class="line-head">
            <strong>{author.name}</strong>
            {author.bot && <span class="badge">{t("bot")}</span>}
            <time dateTime={line.at} title={at.toLocaleString(lang)}>
              {at.toLocaleTimeString(lang, { hour: "numeric", minute: "2-digit" })}
            </time>
            {line.visibleTo && (
              <span class="only">
                <Icon name="eye" size={14} /> {t("ephemeral")}
              </span>
            )}
          </div>
        )}
        {quoted && <Quote line={quoted} />}
        <div class={`said ${status}`}>
          {line.text && <Rich text={line.text} bot={author.bot} />}
          {line.table && <TableView table={line.table} label={t("table")} />}
          {status === "waiting" && <Waiting line={line} progress={chat.state.progress[line.id]} chat={chat} own={own} />}
          <Pictures pictures={line.pictures} small={!author.bot} />
          {line.files.map((it) => (
            <FileChip key={it.blob} file={it} />
          ))}
          <Sending line={line} chat={chat} />
          <Buttons line={line} chat={chat} />
        </div>
      </div>
      {replyable && (
        <button
          type="button"
          class="reply icon-button"
          aria-label={t("replyTo", { name: author.name })}
          onClick={() => onReply(line)}
        >
          <Icon name="reply" size={18} />
        </button>
      )}
    </li>
  );
};
