import type { Worker } from "bullmq";
import { DATABASE_ENDED } from "../errors.ts";

/** A worker whose queue fails pauses this long, twice as long at the next failure, and so on up to the longest. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** After so long without a failure, the next one is the first again. */
const FORGIVEN_MS = 60_000;

/** When workers may begin jobs. */
export interface Pauses {
  add(worker: Worker): Worker;
  /** Whether they may begin jobs at all. */
  work(may: boolean): void;
  close(): void;
}

/** Whether the queue's database, PostgreSQL or Redis, refused. A lost connection is mended by gaps of BullMQ's own. */
const isRefusal = (error: Error) => "severity" in error || error.name === "ReplyError" || error.message === DATABASE_ENDED;

/**
 * Pauses workers after errors. BullMQ asks again at once when the queue's database refuses, as on a full disk, and the event
 * loop would do nothing else any more.
 */
export const openPauses = (): Pauses => {
  const workers: Worker[] = [];
  const paused = new Map<Worker, NodeJS.Timeout>();
  let may = true;
  const resume = (worker: Worker) => {
    if (may && !paused.has(worker)) worker.resume();
  };
  const pauseAfterErrors = (worker: Worker) => {
    let failures = 0;
    let last = Number.NEGATIVE_INFINITY;
    worker.on("error", (error) => {
      if (paused.has(worker) || !isRefusal(error)) return;
      failures = performance.now() - last > FORGIVEN_MS ? 0 : failures + 1;
      last = performance.now();
      const wake = () => {
        paused.delete(worker);
        resume(worker);
      };
      paused.set(worker, setTimeout(wake, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures)));
      void worker.pause(true);
    });
  };
  return {
    add: (worker) => {
      workers.push(worker);
      pauseAfterErrors(worker);
      if (!may) void worker.pause(true);
      return worker;
    },
    work: (now) => {
      may = now;
      for (const worker of workers) {
        if (may) resume(worker);
        else void worker.pause(true);
      }
    },
    close: () => {
      may = false;
      for (const timer of paused.values()) clearTimeout(timer);
    },
  };
};
