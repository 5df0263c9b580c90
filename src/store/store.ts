import { and, asc, desc, eq, gte, inArray, lt, ne, or, sql } from "drizzle-orm";
import type { Reply } from "../chat/command.ts";
import type { RequestStatus } from "../chat/message.ts";
import type { Database } from "./database.ts";
import { peopleIn } from "./people.ts";
import { channels, labels, messages, models, requests, uploads } from "./schema.ts";

export type RequestRow = typeof requests.$inferSelect;
export type MessageRow = typeof messages.$inferSelect;
export type NewRequest = Omit<typeof requests.$inferInsert, "reply" | "ackMs" | "totalMs">;
export type NewMessage = Omit<typeof messages.$inferInsert, "seq">;
/** A line of history: what a peer said, and the request it made, if it was one. */
export type Line = { message: MessageRow; request: RequestRow | null };
/** A model that peers can choose. Its `.onnx` file lies in the blob store, with its card in the metadata. */
export type Model = typeof models.$inferSelect;

const line = { message: messages, request: requests };
const HISTORY = 50;
/** The largest number that a column of integers holds. */
const MAX_INTEGER = 2 ** 31 - 1;

/** Everything the bot keeps, as the few questions it asks of its tables. */
export const openStore = (database: Database) => ({
  people: peopleIn(database),

  models: {
    list: (): Promise<readonly Model[]> => database.select().from(models).orderBy(asc(models.at)),
    get: async (name: string): Promise<Model | undefined> =>
      (await database.select().from(models).where(eq(models.name, name)))[0],
    /** Adds it, or replaces the one of the same name. */
    put: async (model: Omit<Model, "at">): Promise<void> => {
      await database.insert(models).values(model).onConflictDoUpdate({ target: models.name, set: model });
    },
    remove: async (name: string): Promise<boolean> =>
      (await database.delete(models).where(eq(models.name, name)).returning({ name: models.name })).length > 0,
  },

  channels: {
    list: () => database.select({ id: channels.id, name: channels.name }).from(channels).orderBy(asc(channels.at)),
    open: async (id: string, name: string) => {
      await database.insert(channels).values({ id, name }).onConflictDoNothing();
      return { id, name };
    },
  },

  messages: {
    /** Says it once, however often it is sent. */
    add: (message: NewMessage) => database.insert(messages).values(message).onConflictDoNothing(),
    get: async (id: string): Promise<Line | undefined> =>
      (await database.select(line).from(messages).leftJoin(requests, eq(messages.id, requests.id)).where(eq(messages.id, id)))[0],
    /** The newest lines of a channel that this user may see, oldest first; `before` is the id of a message. */
    history: async (channel: string, userId: string, before?: string): Promise<Line[]> => {
      const older = before ? lt(messages.seq, sql`(select seq from peerlab.messages where id = ${before})`) : undefined;
      const visible = or(sql`${requests.hushed} is not true`, eq(messages.userId, userId));
      const lines = await database
        .select(line)
        .from(messages)
        .leftJoin(requests, eq(messages.id, requests.id))
        .where(and(eq(messages.channel, channel), older, visible))
        .orderBy(desc(messages.seq))
        .limit(HISTORY);
      return lines.reverse();
    },
  },

  requests: {
    get: async (id: string): Promise<RequestRow | undefined> =>
      (await database.select().from(requests).where(eq(requests.id, id)))[0],
    /** Keeps what was said and asked, both or neither. False when this request is known already. */
    add: (message: NewMessage, request: NewRequest): Promise<boolean> =>
      database.transaction(async (tx) => {
        const added = await tx.insert(requests).values(request).onConflictDoNothing().returning({ id: requests.id });
        if (added.length > 0) await tx.insert(messages).values(message).onConflictDoNothing();
        return added.length > 0;
      }),
    acknowledged: async (id: string, ackMs: number): Promise<void> => {
      await database.update(requests).set({ ackMs }).where(eq(requests.id, id));
    },
    /** Gives the answer, unless one was given before: nobody is answered twice. Returns the request if this answer counts. */
    finish: async (id: string, status: Exclude<RequestStatus, "waiting">, reply: Reply): Promise<RequestRow | undefined> => {
      const totalMs = sql`(extract(epoch from now() - ${requests.asked}) * 1000)::int`;
      const unanswered = and(eq(requests.id, id), eq(requests.status, "waiting"));
      return (await database.update(requests).set({ status, reply, totalMs }).where(unanswered).returning())[0];
    },
    waiting: (): Promise<RequestRow[]> =>
      database.select().from(requests).where(eq(requests.status, "waiting")).orderBy(asc(requests.asked)),
    recent: (channel: string, count: number): Promise<RequestRow[]> =>
      database.select().from(requests).where(eq(requests.channel, channel)).orderBy(desc(requests.asked)).limit(count),
  },

  uploads: {
    /** Notes who sent a blob, and how many bytes came for it since `since`: the same file sent again counts again. */
    add: async (blob: string, userId: string, bytes: number, since: Date): Promise<void> => {
      const lately = sql<number>`case when ${uploads.at} >= ${since.toISOString()} then ${uploads.bytes}::bigint else 0 end`;
      const set = { bytes: sql`least(${lately} + excluded.bytes, ${MAX_INTEGER})`, at: sql`now()` };
      await database
        .insert(uploads)
        .values({ blob, userId, bytes })
        .onConflictDoUpdate({ target: [uploads.blob, uploads.userId], set });
    },
    /** How many bytes this user has sent since then. */
    sentSince: async (userId: string, since: Date): Promise<number> => {
      const total = sql<number>`coalesce(sum(${uploads.bytes}), 0)`.mapWith(Number);
      return (
        (
          await database
            .select({ total })
            .from(uploads)
            .where(and(eq(uploads.userId, userId), gte(uploads.at, since)))
        )[0]?.total ?? 0
      );
    },
  },

  labels: {
    /** Keeps what a request said its pictures show; saying it again changes nothing. */
    add: async (request: string, userId: string, label: string, blobs: readonly string[]): Promise<void> => {
      const said = blobs.map((blob) => ({ request, userId, label, blob }));
      await database.insert(labels).values(said).onConflictDoNothing();
    },
    /** Every labelled picture with the newest word about it, newest first. */
    list: async (): Promise<{ blob: string; label: string }[]> => {
      const { blob, label, seq } = labels;
      const newest = await database.selectDistinctOn([blob], { blob, label, seq }).from(labels).orderBy(blob, desc(seq));
      return newest.sort((a, b) => b.seq - a.seq).map((it) => ({ blob: it.blob, label: it.label }));
    },
    /** Takes back what a request of this user's said, so that earlier words count again. Returns how many pictures it was about. */
    undo: async (request: string, userId: string): Promise<number> => {
      const theirs = and(eq(labels.request, request), eq(labels.userId, userId));
      return (await database.delete(labels).where(theirs).returning({ blob: labels.blob })).length;
    },
  },

  /** Whether nothing refers to a blob any more. */
  isUnneeded: async (blob: string): Promise<boolean> => (await unneeded(database, [blob])).length > 0,

  /**
   * Takes out everything a user sent and what came of it, except the request that asks for it. Returns the messages that went
   * and the blobs that nobody needs any more.
   */
  forget: (userId: string, except: string): Promise<{ messages: { channel: string; ids: string[] }[]; blobs: string[] }> =>
    database.transaction(async (tx) => {
      const gone = await tx
        .delete(requests)
        .where(and(eq(requests.userId, userId), ne(requests.id, except)))
        .returning();
      const said = await tx
        .delete(messages)
        .where(and(eq(messages.userId, userId), ne(messages.id, except)))
        .returning();
      const sent = await tx.delete(uploads).where(eq(uploads.userId, userId)).returning();
      await tx.delete(labels).where(eq(labels.userId, userId));
      const blobs = [...blobsIn(gone), ...blobsIn(said), ...sent.map((it) => it.blob)];
      const where = [...new Set(said.map((it) => it.channel))];
      return {
        messages: where.map((channel) => ({ channel, ids: said.filter((it) => it.channel === channel).map((it) => it.id) })),
        blobs: await unneeded(tx, blobs),
      };
    }),
});

/** Those of some blobs that no upload, model, request or message refers to. */
const unneeded = async (database: Pick<Database, "select">, blobs: readonly string[]): Promise<string[]> => {
  if (blobs.length === 0) return [];
  const needed = new Set(
    blobsIn([
      await database.select({ blob: uploads.blob }).from(uploads).where(inArray(uploads.blob, blobs)),
      await database.select({ blob: models.blob }).from(models),
      await database.select({ args: requests.args, reply: requests.reply }).from(requests),
      await database.select({ files: messages.files }).from(messages),
    ]),
  );
  return [...new Set(blobs)].filter((it) => !needed.has(it));
};

export type Store = ReturnType<typeof openStore>;

/** Every blob hash that occurs anywhere in some JSON. */
const blobsIn = (json: unknown): string[] => JSON.stringify(json).match(/\b[0-9a-f]{64}\b/g) ?? [];
