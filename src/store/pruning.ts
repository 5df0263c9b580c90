import { setImmediate } from "node:timers/promises";
import { and, eq, inArray, lt, sql } from "drizzle-orm";
import type { Blobs } from "../blobs/blobs.ts";
import type { Cache } from "../blobs/cache.ts";
import type { CheckpointStore } from "../blobs/checkpoints.ts";
import { requestOfJob } from "../jobs/results.ts";
import type { Log } from "../log.ts";
import type { Database } from "./database.ts";
import { release, rowsOf, unreferenced } from "./references.ts";
import { deliveries, receipts, requests, uploads } from "./schema.ts";

/** Rows a step takes: some 10 ms of the one database that everybody waits for. */
const ROWS = 200;

/** Where in a table, oldest first, a step ended. */
interface Position {
  at: string;
  id: string;
}
const OLDEST: Position = { at: "-infinity", id: "" };

/** The rows whose pictures leave by age, by what they are called among the references. */
const aging = {
  message: sql`(select id, at from peerlab.messages)`,
  request: sql`(select id, asked as at from peerlab.requests)`,
  post: sql`(select id, at from peerlab.deliveries where request is null)`,
};
type Aging = keyof typeof aging;

/** What leaves by age, in short steps. Models and labelled pictures keep their references, and so they never leave. */
export const openPruning = (database: Database) => ({
  /** Lets go of what the next rows of a kind from before `until` refer to. Undefined when there are no more. */
  releaseOld: (kind: Aging, from: Position, until: Date): Promise<Position | undefined> =>
    database.transaction(async (tx) => {
      const rows = await rowsOf<Position>(
        tx,
        sql`select id, at::text as at from ${aging[kind]} as aging
          where (at, id) > (${from.at}::timestamptz, ${from.id}) and at < ${until.toISOString()} order by at, id limit ${ROWS}`,
      );
      await release(
        tx,
        kind,
        rows.map((it) => it.id),
      );
      return rows.at(-1);
    }),

  /** Drops events that nobody worked off until `until`, as of a platform that is no longer used, and tokens that no platform takes any more. */
  dropStale: async (now: Date, until: Date): Promise<void> => {
    await database.delete(receipts).where(lt(receipts.at, until));
    await database.update(deliveries).set({ token: null, tokenExpires: null }).where(lt(deliveries.tokenExpires, now));
  },

  /** Those of some blobs that no row refers to. That somebody sent them is forgotten with them. */
  takeUnreferenced: (blobs: readonly string[]): Promise<string[]> =>
    database.transaction(async (tx) => {
      const found = await unreferenced(tx, blobs);
      if (found.length > 0) await tx.delete(uploads).where(inArray(uploads.blob, found));
      return found;
    }),

  /** Those of some requests that still wait for their answer. */
  waiting: async (ids: readonly string[]): Promise<string[]> => {
    const wait = and(inArray(requests.id, [...ids]), eq(requests.status, "waiting"));
    return (await database.select({ id: requests.id }).from(requests).where(wait)).map((it) => it.id);
  },
});
export type Pruning = ReturnType<typeof openPruning>;

const HOUR_MS = 3600_000;
/** A file that no row refers to stays this long: it may be an upload whose command is still being typed, or a job's fresh result. */
export const UNUSED_MS = 24 * HOUR_MS;
/** An event that was acknowledged and not worked off for so long is dropped: nobody waits for its answer any more. */
const RECEIPT_MS = 7 * 24 * HOUR_MS;
/** What was computed and not used for so long is computed again when it is needed. */
const CACHED_MS = 30 * 24 * HOUR_MS;

/**
 * One round of what leaves by age: what messages, answers and posts older than `keepMs` show, and files that nothing refers to. Others
 * are served between its steps. Returns how many files went.
 */
export const prune = async (
  pruning: Pruning,
  blobs: Pick<Blobs, "olderThan" | "remove">,
  { now, keepMs, signal }: { now: Date; keepMs: number; signal: AbortSignal },
): Promise<number> => {
  const before = (ms: number) => new Date(now.getTime() - ms);
  if (Number.isFinite(keepMs)) {
    for (const kind of Object.keys(aging) as Aging[]) {
      for (let at: Position | undefined = OLDEST; at && !signal.aborted; at = await pruning.releaseOld(kind, at, before(keepMs)))
        await setImmediate();
    }
  }
  await pruning.dropStale(now, before(RECEIPT_MS));
  let removed = 0;
  for await (const old of blobs.olderThan(before(UNUSED_MS))) {
    if (signal.aborted) break;
    const gone = await pruning.takeUnreferenced(old);
    await Promise.all(gone.map(blobs.remove));
    removed += gone.length;
  }
  return removed;
};

/**
 * Removes the checkpoints of jobs that nobody waits for any more. Usually they leave with their job; these are those of a host that
 * went on with a job after it had been given to another, or of a queue that was lost.
 */
export const pruneCheckpoints = async (
  pruning: Pick<Pruning, "waiting">,
  checkpoints: Pick<CheckpointStore, "jobs" | "remove">,
): Promise<void> => {
  const jobs = await checkpoints.jobs();
  const waiting = new Set(await pruning.waiting(jobs.map(requestOfJob)));
  for (const job of jobs) if (!waiting.has(requestOfJob(job))) await checkpoints.remove(job);
};

/** Prunes and tidies up once an hour, until `signal` aborts. */
export const pruneHourly = (
  pruning: Pruning,
  { blobs, checkpoints, cache }: { blobs: Blobs; checkpoints: CheckpointStore; cache: Cache },
  { keepMs, tidyUp, signal, log }: { keepMs: number; tidyUp: () => Promise<void>; signal: AbortSignal; log: Log },
): void => {
  const round = async () => {
    try {
      const removed = await prune(pruning, blobs, { now: new Date(), keepMs, signal });
      if (removed > 0) log.info({ removed }, "removed files that nothing refers to any more");
      await pruneCheckpoints(pruning, checkpoints);
      await cache.removeUnused(new Date(Date.now() - CACHED_MS));
      await tidyUp();
    } catch (err) {
      if (!signal.aborted) log.error({ err }, "could not prune; the next round will");
    }
  };
  const timer = setInterval(round, HOUR_MS).unref();
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
};
