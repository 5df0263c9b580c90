import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { Reply } from "../reply.ts";
import type { Database } from "./database.ts";
import { addPost, sendAgain } from "./deliveries.ts";
import { recaps, schedules } from "./groupTables.ts";
import { blobsOfReply, refer, release, releaseOutput, type Tables, unneeded } from "./references.ts";
import { placeOf } from "./requests.ts";
import { deliveries, requests } from "./schema.ts";

/** A recap that is being made, or was. */
export type Recap = typeof recaps.$inferSelect;

/** Gives a recap its words: into the answer of the request that asked for it, into its post, or as a new post. Returns blobs that can go. */
const say = async (tx: Tables, recap: Recap, reply: Reply, postNew: boolean): Promise<string[]> => {
  const { id, groupId } = recap;
  const [request] = await tx.select({ status: requests.status }).from(requests).where(eq(requests.id, id));
  const [post] = await tx.select({ id: deliveries.id }).from(deliveries).where(eq(deliveries.id, id));
  if (request?.status === "waiting") return []; // its answer is on its way, and says itself what has changed
  if (request) {
    const before = await releaseOutput(tx, id);
    await tx.update(requests).set({ reply }).where(eq(requests.id, id));
    await refer(tx, { source: "request", id, groupId }, blobsOfReply(reply));
    await sendAgain(tx, id);
    return unneeded(tx, before);
  }
  if (!post) {
    if (postNew) await addPost(tx, id, placeOf(recap), reply);
    return [];
  }
  const before = await release(tx, "post", [id]);
  await tx.update(deliveries).set({ reply }).where(eq(deliveries.id, id));
  await refer(tx, { source: "post", id, groupId }, blobsOfReply(reply));
  await sendAgain(tx, id);
  return unneeded(tx, before);
};

/** The recaps that were made, and who is in them. */
export const recapsIn = (database: Database) => ({
  get: async (id: string): Promise<Recap | undefined> => (await database.select().from(recaps).where(eq(recaps.id, id)))[0],
  /** Keeps a recap that is to be made, or was; false when one of its id is known. */
  add: async (recap: typeof recaps.$inferInsert): Promise<boolean> =>
    (await database.insert(recaps).values(recap).onConflictDoNothing().returning({ id: recaps.id })).length > 0,
  /**
   * Keeps one that a schedule has due, unless that day's, or a later one's, was made before; then it is false. Both or nothing: a crash
   * neither leaves a day out nor makes it twice.
   */
  take: (recap: Recap, { schedule, day, covered }: { schedule: string; day: string; covered: Date }): Promise<boolean> =>
    database.transaction(async (tx) => {
      const { id, lastDay, paused } = schedules;
      const isNew = and(eq(id, schedule), isNull(paused), sql`coalesce(${lastDay}, '-infinity') < ${day}::date`);
      const [taken] = await tx.update(schedules).set({ lastDay: day, covered }).where(isNew).returning({ id });
      if (!taken) return false;
      return (await tx.insert(recaps).values(recap).onConflictDoNothing().returning({ id: recaps.id })).length > 0;
    }),
  /** Says which job makes it now, and who is in it. */
  making: async (id: string, { work, people }: { work: string; people: readonly string[] }): Promise<void> => {
    await database.update(recaps).set({ work, people }).where(eq(recaps.id, id));
  },
  /** The one that a job makes; undefined where another makes it by now. */
  madeBy: async (work: string): Promise<Recap | undefined> =>
    (await database.select().from(recaps).where(eq(recaps.work, work)))[0],
  /** Those that are still being made. */
  unfinished: (): Promise<Recap[]> => database.select().from(recaps).where(isNotNull(recaps.work)),
  /** Those that somebody is in. */
  about: (userId: string): Promise<Recap[]> =>
    database
      .select()
      .from(recaps)
      .where(sql`${recaps.people} @> ${JSON.stringify([userId])}::jsonb`),
  /**
   * Says a recap that a job has made, unless another makes it by now: in the place of what it said, or as a new post. Returns the blobs that
   * can go; undefined where it is not said.
   */
  finish: (id: string, work: string, reply: Reply): Promise<string[] | undefined> =>
    database.transaction(async (tx) => {
      const isAnswered = sql`not exists (select 1 from ${requests} where ${requests.id} = ${id} and ${requests.status} = 'waiting')`;
      const current = and(eq(recaps.id, id), eq(recaps.work, work), isAnswered);
      const [recap] = await tx.update(recaps).set({ work: null }).where(current).returning();
      return recap && say(tx, recap, reply, true);
    }),
  /** Puts words in the place of a recap that must not be shown until it is made again. Returns the blobs that can go. */
  hide: (id: string, work: string, reply: Reply): Promise<string[]> =>
    database.transaction(async (tx) => {
      const [recap] = await tx.update(recaps).set({ work }).where(eq(recaps.id, id)).returning();
      return recap ? say(tx, recap, reply, false) : [];
    }),
  remove: async (id: string): Promise<void> => {
    await database.delete(recaps).where(eq(recaps.id, id));
  },
});
