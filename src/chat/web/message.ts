import type { FileRef } from "../../files.ts";
import type { RequestStatus } from "../../reply.ts";
import type { HistoryRow } from "../../store/messages.ts";
import type { Table } from "../../table.ts";

/** One message of a channel's history, as the page shows it. A bot's message answers a request and changes until it is done. */
export interface Message {
  id: string;
  channel: string;
  at: string;
  author: { id: string; name: string; bot: boolean };
  text: string;
  table?: Table;
  pictures: readonly FileRef[];
  files: readonly FileRef[];
  /** Labels only; a press sends the message's id and the button's index. */
  buttons: readonly string[];
  /** The message that this one answers. */
  replyTo?: string;
  /** For a bot's message: the request behind it. */
  request?: { id: string; command: string; status: RequestStatus; seed: number };
  /** Seen only by this user. */
  visibleTo?: string;
}

/** What happens in a channel while somebody looks at it. */
export type ChannelEvent =
  | { type: "message"; message: Message }
  | { type: "changed"; message: Message }
  | { type: "progress"; request: string; message: string; done: number; of: number; note: string; visibleTo?: string }
  | { type: "removed"; ids: readonly string[] };

/** The id of the message that shows the answer below another message. */
export const answerId = (message: string): string => `${message}.answer`;
/** The id of the message that an answer is shown below. */
export const askedBy = (message: string): string => message.replace(/\.answer$/, "");

const bot = { id: "peerlab", name: "Peerlab", bot: true } as const;
const isPicture = (file: FileRef) => file.type.startsWith("image/");
const visibleTo = (userId: string | null | undefined) => (userId ? { visibleTo: userId } : {});

/** The bot's message below a message: empty while its request waits. */
const presentAnswer = ({ message, request, delivery }: HistoryRow): Message[] => {
  if (!request) return [];
  const { id, command, status, seed, reply } = request;
  return [
    {
      id: answerId(message.id),
      channel: message.channel,
      at: request.asked.toISOString(),
      author: bot,
      text: reply?.text ?? "",
      ...(reply?.table && { table: reply.table }),
      pictures: reply?.pictures ?? [],
      files: reply?.files ?? [],
      buttons: reply?.buttons?.map((button) => button.label) ?? [],
      replyTo: message.id,
      request: { id, command, status, seed },
      ...visibleTo(delivery?.visibleTo ?? (request.ephemeral ? request.userId : null)),
    },
  ];
};

/** A row of history as the messages it is shown as: what a peer said and what the bot answered, or a post of the bot's. */
export const presentRow = (row: HistoryRow): Message[] => {
  const { message, request, delivery } = row;
  const at = message.at.toISOString();
  if (message.delivery !== null) {
    const { text = "", table, pictures = [], files = [], buttons = [] } = delivery?.reply ?? {};
    const labels = buttons.map((button) => button.label);
    const content = { text, ...(table && { table }), pictures, files, buttons: labels };
    return [{ id: message.id, channel: message.channel, at, author: bot, ...content, ...visibleTo(delivery?.visibleTo) }];
  }
  const said: Message = {
    id: message.id,
    channel: message.channel,
    at,
    author: { id: message.userId, name: message.userName, bot: false },
    text: message.text,
    pictures: message.files.filter(isPicture),
    files: message.files.filter((file) => !isPicture(file)),
    buttons: [],
    ...(message.replyTo ? { replyTo: message.replyTo } : {}),
    ...visibleTo(request?.ephemeral ? request.userId : null),
  };
  return [said, ...presentAnswer(row)];
};
