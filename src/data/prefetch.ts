import { Worker } from "node:worker_threads";
import { threadEntry } from "../threadEntry.ts";
import { type Batch, type BatchPlan, type BatchSource, shapesOf } from "./batches.ts";

/** Batches made before anyone asks for them: while one step runs, the next ones are drawn. */
const PREFETCHED = 3;

/** A source that holds something until it is closed. */
export interface OpenBatchSource extends BatchSource {
  close(): Promise<unknown>;
}

/** A source whose batches are prepared in a worker thread, and a way to end the thread. */
export const prefetchBatches = (plan: BatchPlan): OpenBatchSource => {
  const worker = new Worker(threadEntry(new URL("./batchWorker.ts", import.meta.url)), { workerData: plan });
  worker.unref(); // a forgotten source does not keep the process alive
  const waiting = new Map<number, { batch: Promise<Batch>; done(batch: Batch): void; failed(why: Error): void }>();
  let broken: Error | undefined;

  const ask = (step: number) => {
    const known = waiting.get(step);
    if (known) return known.batch;
    if (broken) return Promise.reject(broken);
    let [done, failed]: [(batch: Batch) => void, (why: Error) => void] = [() => undefined, () => undefined];
    const batch = new Promise<Batch>((resolve, reject) => {
      [done, failed] = [resolve, reject];
    });
    batch.catch(() => undefined); // whoever awaits the batch is told of the failure
    waiting.set(step, { batch, done, failed });
    worker.ref();
    worker.postMessage(step);
    return batch;
  };

  worker.on("message", ({ step, batch }: { step: number; batch: Batch }) => {
    waiting.get(step)?.done(batch);
  });
  worker.on("error", (why) => {
    broken = why as Error;
    for (const { failed } of waiting.values()) failed(broken);
  });

  return {
    batch: plan.batch,
    shapes: shapesOf(plan),
    next: async (step) => {
      const batch = ask(step);
      for (let ahead = 1; ahead <= PREFETCHED; ahead++) ask(step + ahead);
      const made = await batch;
      for (const old of waiting.keys()) if (old <= step) waiting.delete(old);
      return made;
    },
    close: () => worker.terminate(),
  };
};
