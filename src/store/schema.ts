import { boolean, index, integer, jsonb, primaryKey, serial, text, timestamp } from "drizzle-orm/pg-core";
import type { FileRef } from "../files.ts";
import type { Card } from "../models/card.ts";
import type { AdapterName } from "../place.ts";
import type { Args, Reply, RequestStatus } from "../reply.ts";
import type { GroupSettings } from "../settings.ts";
import type { Language } from "../text.ts";
import { at, groupId, peerlab, place } from "./columns.ts";

export { peerlab } from "./columns.ts";
export * from "./groupTables.ts";
export * from "./learningTables.ts";
export * from "./quizTables.ts";

/** The largest number that a column of integers holds. */
export const MAX_INTEGER = 2 ** 31 - 1;

/** Discord servers, Slack workspaces, direct messages, and "local". A row is made when something is first said there. */
export const groups = peerlab.table("groups", {
  id: text().primaryKey(),
  adapter: text().$type<AdapterName>().notNull(),
  name: text().notNull(),
  at: at(),
});

/** What groups have set for themselves. */
export const settings = peerlab.table("settings", {
  groupId: groupId().primaryKey(),
  settings: jsonb().$type<GroupSettings>().notNull(),
});

/** Who may administer a group: change and remove what others made. */
export const administrators = peerlab.table(
  "administrators",
  { groupId: groupId(), userId: text().notNull(), at: at() },
  (it) => [primaryKey({ columns: [it.groupId, it.userId] })],
);

/** The web chat's own channels. */
export const channels = peerlab.table("channels", { id: text().primaryKey(), name: text().notNull(), at: at() });

/** The web chat's own history: what peers said in it, and what the bot posted there without being asked. */
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
    /** The request whose answer is shown below it: its own, or one that took that answer's place. */
    answeredBy: text(),
    /** The delivery that the bot posted as this message. */
    delivery: text(),
    at: at(),
  },
  (it) => [
    index("messages_by_channel").on(it.channel, it.seq),
    index("messages_by_user").on(it.userId),
    index("messages_by_answer").on(it.answeredBy),
    index("messages_by_time").on(it.at, it.id),
  ],
);

/** What peers asked of the bot. On the web it shares its id with the message that asked. */
export const requests = peerlab.table(
  "requests",
  {
    id: text().primaryKey(),
    ...place,
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
    index("requests_by_channel").on(it.groupId, it.channel, it.asked),
    index("requests_by_user").on(it.userId),
    index("requests_by_time").on(it.asked, it.id),
  ],
);

/**
 * What adapters are to send, so that nothing is lost between an answer and its chat, and nothing is sent twice. A request's delivery has
 * the request's id: it is written with the request and becomes `pending` in the transaction that finishes it. Others are posts that
 * nobody asked for.
 */
export const deliveries = peerlab.table(
  "deliveries",
  {
    id: text().primaryKey(),
    ...place,
    /** The request that it answers; null for a post. */
    request: text(),
    /** What a post says; an answer's words are its request's. */
    reply: jsonb().$type<Reply>(),
    /** Seen by this person only. */
    visibleTo: text(),
    /** The delivery whose message it takes the place of. */
    replaces: text(),
    /** `waiting` for its request, `pending` until sent (again after its words have changed), `failed` when it was given up. */
    state: text().$type<"waiting" | "pending" | "sent" | "failed">().notNull(),
    /** How often a send of these words began. */
    attempts: integer().notNull().default(0),
    error: text(),
    /** The platform's id of the message, once there is one: a placeholder with progress, then the answer. */
    externalId: text(),
    /** What the platform wants shown to send or edit it, and until when that holds. */
    token: text(),
    tokenExpires: timestamp({ withTimezone: true }),
    /** When it came to be sent. */
    at: at(),
  },
  (it) => [
    index("deliveries_by_state").on(it.adapter, it.state, it.at),
    index("deliveries_by_time").on(it.at, it.id),
    index("deliveries_by_viewer").on(it.visibleTo),
    index("deliveries_by_replaced").on(it.replaces),
  ],
);

/** Events as platforms sent them, kept at their acknowledgement and removed when they are worked off. */
export const receipts = peerlab.table("receipts", {
  /** The request's id: a UUIDv5 of the platform's own id of the event. */
  id: text().primaryKey(),
  adapter: text().$type<AdapterName>().notNull(),
  /** Who did it, so that `/forget` can take it out. */
  userId: text().notNull(),
  event: jsonb().notNull(),
  /** How often working it off began. */
  attempts: integer().notNull().default(0),
  at: at(),
});

/** Models that peers can choose. Those of the group "shared" are everybody's. */
export const models = peerlab.table(
  "models",
  {
    groupId: groupId(),
    name: text().notNull(),
    blob: text().notNull(),
    bytes: integer().notNull(),
    card: jsonb().$type<Card>().notNull(),
    addedBy: text().notNull(),
    /** Whose it is: names are for show. Null for models that ship, and for those added before ids were kept. */
    addedById: text(),
    /** How often it took a worker child along since its owner last asked for it; see `commands/parts/models.ts`. */
    crashes: integer().notNull().default(0),
    at: at(),
  },
  (it) => [primaryKey({ columns: [it.groupId, it.name] })],
);

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
    source: text().$type<"message" | "request" | "post" | "model" | "label" | "note">().notNull(),
    /** The row's own id: a message's, a request's, a post's delivery, `group/name` of a model, or the request that labelled or noted. */
    id: text().notNull(),
    groupId: groupId(),
    /** Whether the row was given the blob or made it. */
    role: text().$type<"input" | "output">().notNull(),
  },
  (it) => [primaryKey({ columns: [it.source, it.id, it.role, it.blob] }), index("blob_references_by_blob").on(it.blob)],
);

/** The names that peers go by. `key` is what two names share that look alike, so that nobody passes for another. */
export const people = peerlab.table("people", {
  id: text().primaryKey(),
  name: text().notNull(),
  /** Null where a platform vouches for its own names. */
  key: text().unique(),
  at: at(),
});
