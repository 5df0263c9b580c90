import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, or, type Placeholder, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { LOCAL_GROUP } from "../place.ts";
import { holdsWords } from "./channelSearch.ts";
import type { Database } from "./database.ts";
import { refer, type Tables } from "./references.ts";
import { channels, deliveries, messages, requests } from "./schema.ts";
import { plannedOnce } from "./statements.ts";

export type MessageRow = typeof messages.$inferSelect;
export type NewMessage = Omit<typeof messages.$inferInsert, "seq">;
/** A message of the web chat with what hangs on it: the request whose answer is shown below it, or the post that it is. */
export type HistoryRow = {
  message: MessageRow;
  request: typeof requests.$inferSelect | null;
  /** Of the answer, or of the post. */
  delivery: typeof deliveries.$inferSelect | null;
  /** The request whose answer will take the place of the one shown now. */
  next: { id: string; userId: string } | null;
};

const HISTORY = 50;

const shown = sql`coalesce(${messages.answeredBy}, ${messages.delivery})`;
/** Whether a message shows this delivery now. A post's message has the post's id. */
const shows = (delivery: string | Placeholder) =>
  or(
    eq(messages.answeredBy, delivery),
    and(eq(messages.id, delivery), isNotNull(messages.delivery), isNull(messages.answeredBy)),
  );
const nextDelivery = alias(deliveries, "next_delivery");
const next = alias(requests, "next");

const rows = (tables: Tables) =>
  tables
    .select({ message: messages, request: requests, delivery: deliveries, next: { id: next.id, userId: next.userId } })
    .from(messages)
    .leftJoin(requests, eq(messages.answeredBy, requests.id))
    // An answer's delivery has its request's id.
    .leftJoin(deliveries, eq(deliveries.id, shown))
    .leftJoin(
      nextDelivery,
      and(eq(nextDelivery.adapter, "web"), eq(nextDelivery.replaces, shown), inArray(nextDelivery.state, ["waiting", "pending"])),
    )
    // One that was cancelled, or failed, replaces nothing.
    .leftJoin(next, and(eq(next.id, nextDelivery.request), inArray(next.status, ["waiting", "done"])));

/** Whether somebody may see a row: what is for one person's eyes is seen by that person. */
const visibleTo = (userId: string) => {
  const isPost = isNotNull(messages.delivery);
  const hidden = or(sql`${requests.ephemeral} is true`, and(isPost, isNotNull(deliveries.visibleTo)));
  return or(sql`${hidden} is not true`, eq(messages.userId, userId), and(isPost, eq(deliveries.visibleTo, userId)));
};

/** The web chat's channels and what was said in them. Other platforms keep their own history. */
export const messagesIn = (database: Database) => {
  // Every request asks these some times, and to put such a query into words takes as long as to answer it.
  const byId = plannedOnce(
    rows(database)
      .where(eq(messages.id, sql.placeholder("id")))
      .prepare("message"),
  );
  const byDelivery = plannedOnce(
    rows(database)
      .where(shows(sql.placeholder("delivery")))
      .prepare("message_of_delivery"),
  );
  return {
    channels: () => database.select({ id: channels.id, name: channels.name }).from(channels).orderBy(asc(channels.at)),
    openChannel: async (id: string, name: string) => {
      await database.insert(channels).values({ id, name }).onConflictDoNothing();
      return { id, name };
    },
    /** Keeps a message once, however often it is sent. False when one of this id is known already. */
    add: (message: NewMessage): Promise<boolean> =>
      database.transaction(async (tx) => {
        const added = await tx.insert(messages).values(message).onConflictDoNothing().returning({ id: messages.id });
        if (added.length === 0) return false;
        const reference = { source: "message", id: message.id, groupId: LOCAL_GROUP } as const;
        await refer(tx, reference, { input: message.files.map((file) => file.blob) });
        return true;
      }),
    get: async (id: string): Promise<HistoryRow | undefined> => (await byId.execute({ id }))[0],
    /** The message that shows a delivery: the answer of the request of the same id, or a post. */
    showing: async (delivery: string): Promise<HistoryRow | undefined> => (await byDelivery.execute({ delivery }))[0],
    /** Lets the answer of another request take the place of the one below a message, or of a post. */
    replaceAnswer: async (from: string, to: string): Promise<void> => {
      await database.update(messages).set({ answeredBy: to }).where(shows(from));
    },
    /** The newest messages of a channel that this user may see, oldest first; `before` is the id of a message. */
    history: async (channel: string, userId: string, before?: string): Promise<HistoryRow[]> => {
      const older = before ? lt(messages.seq, sql`(select seq from peerlab.messages where id = ${before})`) : undefined;
      const newest = await rows(database)
        .where(and(eq(messages.channel, channel), older, visibleTo(userId)))
        .orderBy(desc(messages.seq))
        .limit(HISTORY);
      return newest.reverse();
    },
    /** The newest messages of a channel that this user may see and that hold all of these words, themselves or in their answer; newest first. */
    search: async (channel: string, userId: string, words: readonly string[]): Promise<HistoryRow[]> =>
      rows(database)
        .where(and(eq(messages.channel, channel), visibleTo(userId), holdsWords(words)))
        .orderBy(desc(messages.seq))
        .limit(HISTORY),
  };
};
