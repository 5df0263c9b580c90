import type { FileRef, Picture } from "../../files.ts";
import { type Button, type Control, type RequestStatus, typedArgs } from "../../reply.ts";
import type { HistoryRow } from "../../store/messages.ts";
import type { Table } from "../../table.ts";
import type { RequestProgress } from "../events.ts";

/** One message of a channel's history, as the page shows it. A bot's message answers a request and changes until it is done. */
export interface Message {
  id: string;
  channel: string;
  at: string;
  author: { id: string; name: string; bot: boolean };
  text: string;
  table?: Table;
  /** Those of the bot's may have regions, to be laid out as the window wants; a drawing says which of it are photos. */
  pictures: readonly (FileRef & Pick<Picture, "regions" | "photos">)[];
  files: readonly FileRef[];
  /** Labels only; a press sends the message's id, what it shows and the button's index. */
  buttons: readonly string[];
  /** What can be changed or opened besides; a press says which, and the value. */
  controls?: readonly ShownControl[];
  /** What there is to know of some of the buttons besides. */
  buttonDetails?: readonly ButtonDetail[];
  /** The message that this one answers. */
  replyTo?: string;
  /** For a bot's message: the request behind it. */
  request?: { id: string; command: string; status: RequestStatus; seed: number };
  /** For a bot's message: the delivery it shows now. Another one takes its place when a button changes the message. */
  delivery?: string;
  /** A button was pressed whose answer will take the place of this one: the request, and who pressed. */
  changing?: { request: string; userId: string };
  /** How far the request was that it waits for, or that will change it, when the history was asked for. */
  progress?: ShownProgress;
  /** Seen only by this user. */
  visibleTo?: string;
}

type Shown<C> = C extends Control ? Omit<C, "command" | "args" | "steps"> : never;
/** A control as the page shows it: what it asks is the bot's affair. */
export type ShownControl = Shown<Control>;

/** Where a button stands in a table, and what it puts into the composer instead of being pressed: its command, to which a picture is added. */
export type ButtonDetail = {
  button: number;
  row?: NonNullable<Button["row"]>;
  fill?: { command: string; args: Readonly<Record<string, string>> };
};

/** How far a request is, as the page shows it: see `RequestProgress`. */
export type ShownProgress = Pick<RequestProgress, "done" | "of" | "note" | "picture" | "stopping">;

/** What happens in a channel while somebody looks at it. */
export type ChannelEvent =
  | { type: "message"; message: Message }
  | { type: "changed"; message: Message }
  | ({ type: "progress"; request: string; visibleTo?: string } & ShownProgress)
  | { type: "removed"; ids: readonly string[] }
  | { type: "opened"; name: string };

/** The id of the message that shows the answer below another message. */
export const answerId = (message: string): string => `${message}.answer`;
/** The id of the message that an answer is shown below. */
export const askedBy = (message: string): string => message.replace(/\.answer$/, "");

/** The delivery that a row of history shows: an answer, which has its request's id, or a post. */
export const shownBy = ({ message }: HistoryRow): string | undefined => message.answeredBy ?? message.delivery ?? undefined;

const bot = { id: "peerlab", name: "Peerlab", bot: true } as const;
const isPicture = (file: FileRef) => file.type.startsWith("image/");

const shownControl = (it: Control): ShownControl => {
  const { command: _command, args: _args, ...rest } = it;
  if (rest.kind === "tile") return rest;
  const { steps: _steps, ...number } = rest;
  return number;
};
const detailsOf = (buttons: readonly Button[]): ButtonDetail[] =>
  buttons.flatMap(({ row, asksForPicture, command, args }, button) =>
    row || asksForPicture
      ? [{ button, ...(row && { row }), ...(asksForPicture && { fill: { command, args: typedArgs(args) } }) }]
      : [],
  );

/** What the bot says in a row: an answer, empty while its request waits, or a post. */
const presentBot = (row: HistoryRow): Message | undefined => {
  const { message, request, delivery, next } = row;
  const shown = shownBy(row);
  if (!shown || (message.delivery === null && !request)) return undefined;
  // A post is a message of its own; an answer stands below the message that asked.
  const isPost = message.delivery !== null;
  const {
    text = "",
    table,
    pictures = [],
    files = [],
    buttons = [],
    controls = [],
  } = (request ? request.reply : delivery?.reply) ?? {};
  const visibleTo = delivery?.visibleTo ?? (request?.ephemeral ? request.userId : undefined);
  const replyTo = isPost ? message.replyTo : message.id;
  const buttonDetails = detailsOf(buttons);
  return {
    id: isPost ? message.id : answerId(message.id),
    channel: message.channel,
    at: message.at.toISOString(),
    author: bot,
    ...{ text, pictures, files, delivery: shown },
    ...(table && { table }),
    buttons: buttons.map((button) => button.label),
    ...(controls.length > 0 && { controls: controls.map(shownControl) }),
    ...(buttonDetails.length > 0 && { buttonDetails }),
    ...(replyTo ? { replyTo } : {}),
    ...(request && { request: { id: request.id, command: request.command, status: request.status, seed: request.seed } }),
    ...(next && { changing: { request: next.id, userId: next.userId } }),
    ...(visibleTo ? { visibleTo } : {}),
  };
};

/** A row of history as the messages it is shown as: what a peer said and what the bot answered, or a post of the bot's. */
export const presentRow = (row: HistoryRow): Message[] => {
  const { message, request } = row;
  const answer = presentBot(row);
  if (message.delivery !== null) return answer ? [answer] : [];
  const said: Message = {
    id: message.id,
    channel: message.channel,
    at: message.at.toISOString(),
    author: { id: message.userId, name: message.userName, bot: false },
    text: message.text,
    pictures: message.files.filter(isPicture),
    files: message.files.filter((file) => !isPicture(file)),
    buttons: [],
    ...(message.replyTo ? { replyTo: message.replyTo } : {}),
    ...(request?.ephemeral ? { visibleTo: request.userId } : {}),
  };
  return answer ? [said, answer] : [said];
};
