import { boolean, index, integer, jsonb, pgSchema, primaryKey, serial, text, timestamp } from "drizzle-orm/pg-core";
import type { Args, Reply } from "../chat/command.ts";
import type { RequestStatus } from "../chat/message.ts";
import type { FileRef } from "../files.ts";
import type { Card } from "../models/card.ts";
import type { Language } from "../text.ts";

export const peerlab = pgSchema("peerlab");
const at = () => timestamp({ withTimezone: true }).notNull().defaultNow();

export const channels = peerlab.table("channels", { id: text().primaryKey(), name: text().notNull(), at: at() });

/** What peers said. A request's answer hangs on it and is not a row of its own, so that there can only be one. */
export const messages = peerlab.table(
  "messages",
  {
    id: text().primaryKey(),
    /** The order of a channel's history. */
    seq: serial().notNull(),
    channel: text().notNull(),
    userId: text().notNull(),
    userName: text().notNull(),
    text: text().notNull(),
    files: jsonb().$type<readonly FileRef[]>().notNull(),
    replyTo: text(),
    at: at(),
  },
  (it) => [index("messages_by_channel").on(it.channel, it.seq)],
);

/** What peers asked of the bot; shares its id with the message that asked. */
export const requests = peerlab.table(
  "requests",
  {
    id: text().primaryKey(),
    channel: text().notNull(),
    userId: text().notNull(),
    userName: text().notNull(),
    lang: text().$type<Language>().notNull(),
    /** Empty when the wish could not be understood. */
    command: text().notNull(),
    args: jsonb().$type<Args>().notNull(),
    seed: integer().notNull(),
    hushed: boolean().notNull(),
    status: text().$type<RequestStatus>().notNull(),
    reply: jsonb().$type<Reply>(),
    asked: at(),
    /** Milliseconds from the ask until nothing could be lost any more, and until its answer. */
    ackMs: integer(),
    totalMs: integer(),
  },
  (it) => [index("requests_by_status").on(it.status), index("requests_by_channel").on(it.channel, it.asked)],
);

export const models = peerlab.table("models", {
  name: text().primaryKey(),
  blob: text().notNull(),
  bytes: integer().notNull(),
  card: jsonb().$type<Card>().notNull(),
  addedBy: text().notNull(),
  at: at(),
});

/** Whose files lie in the blob store, so that `/forget` can take them out. */
export const uploads = peerlab.table("uploads", { blob: text().notNull(), userId: text().notNull(), at: at() }, (it) => [
  primaryKey({ columns: [it.blob, it.userId] }),
]);

/** What peers said their pictures show. The newest word about a picture counts; those of one request are taken back together. */
export const labels = peerlab.table(
  "labels",
  {
    seq: serial().notNull(),
    request: text().notNull(),
    blob: text().notNull(),
    label: text().notNull(),
    userId: text().notNull(),
    at: at(),
  },
  (it) => [primaryKey({ columns: [it.request, it.blob] }), index("labels_by_blob").on(it.blob, it.seq)],
);
