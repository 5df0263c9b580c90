import { parentPort, workerData } from "node:worker_threads";
import { type BatchPlan, batches } from "./batches.ts";

// The other end of `prepared`: is asked for steps by their numbers and answers in that order. Arrays are handed over, not copied.

const make = batches(workerData as BatchPlan);

parentPort?.on("message", (step: number) => {
  const { x, y } = make(step);
  parentPort?.postMessage({ step, x, y }, [x.buffer, y.buffer]);
});
