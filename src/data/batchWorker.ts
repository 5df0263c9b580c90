import { parentPort, workerData } from "node:worker_threads";
import { type BatchPlan, batches } from "./batches.ts";

// The other end of `prefetchBatches`: gets the numbers of steps and answers with their batches in that order.
// Arrays are transferred, not copied.

const make = batches(workerData as BatchPlan);

parentPort?.on("message", (step: number) => {
  const batch = make(step);
  const buffers = Object.values(batch).map((it) => it.buffer as ArrayBuffer);
  parentPort?.postMessage({ step, batch }, buffers);
});
