import { setImmediate } from "node:timers/promises";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Blobs } from "../blobs/blobs.ts";
import type { CheckpointStore } from "../blobs/checkpoints.ts";
import { requestOfJob } from "../jobs/results.ts";
import type { Log } from "../log.ts";
import type { Database } from "./database.ts";
import { release, rowsOf, unreferenced } from "./references.ts";
import { requests, uploads } from "./schema.ts";

/** Rows a step takes: some 10 ms of the one database that everybody waits for. */
const ROWS = 200;

/** Where in the messages, oldest first, a step ended. */
interface Position {
  at: string;
  id: string;
}
const OLDEST: Position = { at: "-infinity", id: "" };

/** What leaves by age, in short steps. Models and labelled pictures keep their references, and so they never leave. */
export const openPruning = (database: Database) => ({
  /** Lets go of what the next messages and requests from before `until` refer to. Undefined when there are no more. */
  releaseOld: (from: Position, until: Date): Promise<Position | undefined> =>
    database.transaction(async (tx) => {
      const rows = await rowsOf<Position>(
        tx,
        sql`select id, at::text as at from peerlab.messages
          where (at, id) > (${from.at}::timestamptz, ${from.id}) and at < ${until.toISOString()} order by at, id limit ${ROWS}`,
      );
      const ids = rows.map((it) => it.id);
      await release(tx, "message", ids);
      await release(tx, "request", ids);
      return rows.at(-1);
    }),

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

/**
 * One round of what leaves by age: what messages and answers older than `keepMs` show, and files that nothing refers to. Others
 * are served between its steps. Returns how many files went.
 */
export const prune = async (
  pruning: Pruning,
  blobs: Pick<Blobs, "olderThan" | "remove">,
  { now, keepMs, signal }: { now: Date; keepMs: number; signal: AbortSignal },
): Promise<number> => {
  const before = (ms: number) => new Date(now.getTime() - ms);
  if (Number.isFinite(keepMs)) {
    for (let at: Position | undefined = OLDEST; at && !signal.aborted; at = await pruning.releaseOld(at, before(keepMs)))
      await setImmediate();
  }
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
  { blobs, checkpoints }: { blobs: Blobs; checkpoints: CheckpointStore },
  { keepMs, tidyUp, signal, log }: { keepMs: number; tidyUp: () => Promise<void>; signal: AbortSignal; log: Log },
): void => {
  const round = async () => {
    try {
      const removed = await prune(pruning, blobs, { now: new Date(), keepMs, signal });
      if (removed > 0) log.info({ removed }, "removed files that nothing refers to any more");
      await pruneCheckpoints(pruning, checkpoints);
      await tidyUp();
    } catch (err) {
      if (!signal.aborted) log.error({ err }, "could not prune; the next round will");
    }
  };
  const timer = setInterval(round, HOUR_MS).unref();
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
};
