import { and, asc, desc, eq, isNotNull, lt, or, sql } from "drizzle-orm";
import { LOCAL_GROUP } from "../place.ts";
import type { Database } from "./database.ts";
import { refer, type Tables } from "./references.ts";
import { channels, deliveries, messages, requests } from "./schema.ts";

export type MessageRow = typeof messages.$inferSelect;
export type NewMessage = Omit<typeof messages.$inferInsert, "seq">;
/** A message of the web chat with what hangs on it: the request whose answer is shown below it, or the post that it is. */
export type HistoryRow = {
  message: MessageRow;
  request: typeof requests.$inferSelect | null;
  /** Of the answer, or of the post. */
  delivery: typeof deliveries.$inferSelect | null;
};

const HISTORY = 50;

const rows = (tables: Tables) =>
  tables
    .select({ message: messages, request: requests, delivery: deliveries })
    .from(messages)
    .leftJoin(requests, eq(messages.answeredBy, requests.id))
    // An answer's delivery has its request's id.
    .leftJoin(deliveries, eq(deliveries.id, sql`coalesce(${messages.delivery}, ${messages.answeredBy})`));

/** The web chat's channels and what was said in them. Other platforms keep their own history. */
export const messagesIn = (database: Database) => ({
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
  get: async (id: string): Promise<HistoryRow | undefined> => (await rows(database).where(eq(messages.id, id)))[0],
  /** The message below which the answer of a request is shown. */
  answeredBy: async (request: string): Promise<HistoryRow | undefined> =>
    (await rows(database).where(eq(messages.answeredBy, request)))[0],
  /** Lets the answer of another request take the place of the one below a message. */
  replaceAnswer: async (from: string, to: string): Promise<void> => {
    await database.update(messages).set({ answeredBy: to }).where(eq(messages.answeredBy, from));
  },
  /** The newest messages of a channel that this user may see, oldest first; `before` is the id of a message. */
  history: async (channel: string, userId: string, before?: string): Promise<HistoryRow[]> => {
    const older = before ? lt(messages.seq, sql`(select seq from peerlab.messages where id = ${before})`) : undefined;
    const isPost = isNotNull(messages.delivery);
    const hidden = or(sql`${requests.ephemeral} is true`, and(isPost, isNotNull(deliveries.visibleTo)));
    const visible = or(sql`${hidden} is not true`, eq(messages.userId, userId), and(isPost, eq(deliveries.visibleTo, userId)));
    const newest = await rows(database)
      .where(and(eq(messages.channel, channel), older, visible))
      .orderBy(desc(messages.seq))
      .limit(HISTORY);
    return newest.reverse();
  },
});
