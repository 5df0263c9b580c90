import { boolean, index, integer, jsonb, pgSchema, primaryKey, serial, text, timestamp } from "drizzle-orm/pg-core";
import type { FileRef } from "../files.ts";
import type { Card } from "../models/card.ts";
import type { Args, Reply, RequestStatus } from "../reply.ts";
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
  (it) => [
    index("messages_by_channel").on(it.channel, it.seq),
    index("messages_by_user").on(it.userId),
    index("messages_by_time").on(it.at, it.id),
  ],
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
    /** Empty when the request could not be understood. */
    command: text().notNull(),
    args: jsonb().$type<Args>().notNull(),
    seed: integer().notNull(),
    ephemeral: boolean().notNull(),
    status: text().$type<RequestStatus>().notNull(),
    reply: jsonb().$type<Reply>(),
    asked: at(),
    /** Milliseconds from the ask until nothing could be lost any more, and until its answer. */
    ackMs: integer(),
    totalMs: integer(),
  },
  (it) => [
    index("requests_by_status").on(it.status, it.userId),
    index("requests_by_channel").on(it.channel, it.asked),
    index("requests_by_user").on(it.userId),
  ],
);

export const models = peerlab.table("models", {
  name: text().primaryKey(),
  blob: text().notNull(),
  bytes: integer().notNull(),
  card: jsonb().$type<Card>().notNull(),
  addedBy: text().notNull(),
  /** Whose it is: names are for show. Null for models that ship, and for those added before ids were kept. */
  addedById: text(),
  /** How often it took a worker child along since its owner last asked for it; see `models/choose.ts`. */
  kills: integer().notNull().default(0),
  at: at(),
});

/** Who sent a file, so that `/forget` can take it out, and how much they sent lately. */
export const uploads = peerlab.table(
  "uploads",
  { blob: text().notNull(), userId: text().notNull(), bytes: integer().notNull().default(0), at: at() },
  (it) => [primaryKey({ columns: [it.blob, it.userId] }), index("uploads_by_user").on(it.userId, it.at)],
);

/**
 * Which rows refer to a blob, kept by the code that writes and removes them, so that "is it still needed?" and "who may see it?"
 * are look-ups. A row that nobody refers to any more leaves no reference; a blob without references leaves by age.
 */
export const blobReferences = peerlab.table(
  "blob_references",
  {
    blob: text().notNull(),
    source: text().$type<"message" | "request" | "model" | "label">().notNull(),
    /** The row's own id: a message's, a request's, a model's name, or the request that labelled. */
    id: text().notNull(),
    /** Whether the row was given the blob or made it. */
    role: text().$type<"input" | "output">().notNull(),
  },
  (it) => [primaryKey({ columns: [it.source, it.id, it.role, it.blob] }), index("blob_references_by_blob").on(it.blob)],
);

/** The names that peers go by. `key` is what two names share that look alike, so that nobody passes for another. */
export const people = peerlab.table("people", {
  id: text().primaryKey(),
  name: text().notNull(),
  key: text().notNull().unique(),
  at: at(),
});

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
