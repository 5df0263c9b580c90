import type { FileRef } from "../files.ts";
import type { Line, RequestRow } from "../store/store.ts";
import type { Message } from "./message.ts";

/** A request's answer is shown as a message of its own; its id is made from the request's, so there can only be one. */
export const answerId = (request: string): string => `${request}.answer`;
export const requestOf = (message: string): string => message.replace(/\.answer$/, "");

const isPicture = (file: FileRef) => file.type.startsWith("image/");

/** The bot's message for a request: empty while it is waiting. */
export const presentAnswer = (row: RequestRow): Message => ({
  id: answerId(row.id),
  channel: row.channel,
  at: row.asked.toISOString(),
  author: { id: "peerlab", name: "Peerlab", bot: true },
  text: row.reply?.text ?? "",
  pictures: row.reply?.pictures ?? [],
  files: row.reply?.files ?? [],
  buttons: row.reply?.buttons?.map((it) => it.label) ?? [],
  replyTo: row.id,
  request: { id: row.id, command: row.command, status: row.status, seed: row.seed },
  ...(row.ephemeral ? { visibleTo: row.userId } : {}),
});

/** A line of history as one message, or two when it asked for something. */
export const presentLine = ({ message, request }: Line): [Message, ...Message[]] => [
  {
    id: message.id,
    channel: message.channel,
    at: message.at.toISOString(),
    author: { id: message.userId, name: message.userName, bot: false },
    text: message.text,
    pictures: message.files.filter(isPicture),
    files: message.files.filter((it) => !isPicture(it)),
    buttons: [],
    ...(message.replyTo ? { replyTo: message.replyTo } : {}),
    ...(request?.ephemeral ? { visibleTo: request.userId } : {}),
  },
  ...(request ? [presentAnswer(request)] : []),
];
