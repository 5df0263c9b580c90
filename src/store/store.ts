import { and, asc, desc, eq, gte, lt, or, sql } from "drizzle-orm";
import type { Reply, RequestStatus } from "../reply.ts";
import type { Database } from "./database.ts";
import { openErasure } from "./erasure.ts";
import { peopleIn } from "./people.ts";
import { openPruning } from "./pruning.ts";
import { blobsOfReply, filesIn, readable, refer, release, type Tables, unneeded } from "./references.ts";
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

const addMessage = async (tables: Tables, message: NewMessage): Promise<boolean> => {
  const added = await tables.insert(messages).values(message).onConflictDoNothing().returning({ id: messages.id });
  if (added.length > 0) await refer(tables, "message", message.id, { input: message.files.map((it) => it.blob) });
  return added.length > 0;
};

/** Everything the bot keeps, as the few questions it asks of its tables. */
export const openStore = (database: Database) => ({
  people: peopleIn(database),

  models: {
    list: (): Promise<readonly Model[]> => database.select().from(models).orderBy(asc(models.at)),
    get: async (name: string): Promise<Model | undefined> =>
      (await database.select().from(models).where(eq(models.name, name)))[0],
    /** Adds it, or replaces the one of the same name. */
    put: (model: Omit<Model, "at">): Promise<void> =>
      database.transaction(async (tx) => {
        await tx.insert(models).values(model).onConflictDoUpdate({ target: models.name, set: model });
        await release(tx, "model", [model.name]);
        await refer(tx, "model", model.name, { output: [model.blob] });
      }),
    /** Counts that the model of this file took a worker child along. */
    killed: async (blob: string): Promise<void> => {
      await database
        .update(models)
        .set({ kills: sql`${models.kills} + 1` })
        .where(eq(models.blob, blob));
    },
    /** Forgets what it took along. */
    forgive: async (name: string): Promise<void> => {
      await database.update(models).set({ kills: 0 }).where(eq(models.name, name));
    },
    remove: (name: string): Promise<boolean> =>
      database.transaction(async (tx) => {
        await release(tx, "model", [name]);
        return (await tx.delete(models).where(eq(models.name, name)).returning({ name: models.name })).length > 0;
      }),
  },

  channels: {
    list: () => database.select({ id: channels.id, name: channels.name }).from(channels).orderBy(asc(channels.at)),
    open: async (id: string, name: string) => {
      await database.insert(channels).values({ id, name }).onConflictDoNothing();
      return { id, name };
    },
  },

  messages: {
    /** Says it once, however often it is sent. False when a message of this id is known already. */
    add: (message: NewMessage): Promise<boolean> => database.transaction((tx) => addMessage(tx, message)),
    get: async (id: string): Promise<Line | undefined> =>
      (await database.select(line).from(messages).leftJoin(requests, eq(messages.id, requests.id)).where(eq(messages.id, id)))[0],
    /** The newest lines of a channel that this user may see, oldest first; `before` is the id of a message. */
    history: async (channel: string, userId: string, before?: string): Promise<Line[]> => {
      const older = before ? lt(messages.seq, sql`(select seq from peerlab.messages where id = ${before})`) : undefined;
      const visible = or(sql`${requests.ephemeral} is not true`, eq(messages.userId, userId));
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
        if (!(await addMessage(tx, message))) return false;
        await tx.insert(requests).values(request);
        await refer(tx, "request", request.id, { input: filesIn(request.args).map((it) => it.blob) });
        return true;
      }),
    acknowledged: async (id: string, ackMs: number): Promise<void> => {
      await database.update(requests).set({ ackMs }).where(eq(requests.id, id));
    },
    /** Gives the answer, unless one was given before: nobody is answered twice. Returns the request if this answer counts. */
    finish: (id: string, status: Exclude<RequestStatus, "waiting">, reply: Reply): Promise<RequestRow | undefined> =>
      database.transaction(async (tx) => {
        const totalMs = sql`(extract(epoch from now() - ${requests.asked}) * 1000)::int`;
        const unanswered = and(eq(requests.id, id), eq(requests.status, "waiting"));
        const [row] = await tx.update(requests).set({ status, reply, totalMs }).where(unanswered).returning();
        if (row) await refer(tx, "request", id, blobsOfReply(reply));
        return row;
      }),
    /** How many requests of one person are waiting. */
    waitingOf: (userId: string): Promise<number> =>
      database.$count(requests, and(eq(requests.status, "waiting"), eq(requests.userId, userId))),
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
      await database.transaction(async (tx) => {
        await tx.insert(labels).values(said).onConflictDoNothing();
        await refer(tx, "label", request, { input: blobs });
      });
    },
    /** Every labelled picture with the newest word about it, newest first. */
    list: async (): Promise<{ blob: string; label: string }[]> => {
      const { blob, label, seq } = labels;
      const newest = await database.selectDistinctOn([blob], { blob, label, seq }).from(labels).orderBy(blob, desc(seq));
      return newest.sort((a, b) => b.seq - a.seq).map((it) => ({ blob: it.blob, label: it.label }));
    },
    /** Takes back what a request of this user's said, so that earlier words count again. Returns how many pictures it was about. */
    undo: (request: string, userId: string): Promise<number> =>
      database.transaction(async (tx) => {
        const theirs = and(eq(labels.request, request), eq(labels.userId, userId));
        const gone = await tx.delete(labels).where(theirs).returning({ blob: labels.blob });
        if (gone.length > 0) await release(tx, "label", [request]);
        return gone.length;
      }),
  },

  blobs: {
    /** Whether nothing refers to a blob any more, and nobody just sent it. */
    isUnneeded: async (blob: string): Promise<boolean> => (await unneeded(database, [blob])).length > 0,
    /** Those of some files that a person may see; without an id, that everybody may. */
    readable: (files: readonly { blob: string }[], userId = ""): Promise<string[]> =>
      readable(
        database,
        files.map((it) => it.blob),
        userId,
      ),
  },

  erasure: openErasure(database),
  pruning: openPruning(database),
});

export type Store = ReturnType<typeof openStore>;
