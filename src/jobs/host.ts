import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { Job, QueueEventsListener } from "bullmq";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import { cancelledMark, markCancelled } from "./cancelled.ts";
import { describeConfinement } from "./confinement.ts";
import { type QueueName, queues } from "./contract.ts";
import { MEMORY, OTHERS_KILL, PROCESSOR_TIME, WALL_TIME } from "./failure.ts";
import { forkOptions } from "./fork.ts";
import type { Transport } from "./transport.ts";

/** How many children of a queue run side by side. ONNX Runtime uses all cores for one picture; a download needs none. */
const childrenOf: Record<QueueName, (config: Config) => number> = {
  images: ({ imageChildren }) => imageChildren,
  infer: () => 1,
  train: () => 1,
  fetch: () => 2,
};

/** What hosts hear besides BullMQ's own events: see `Flows.cancel`. */
interface HostEvents extends QueueEventsListener {
  cancel: (args: { jobId: string }, id: string) => void;
}

/** After this long without a sign of life from its host, a job is given to another. The bot's event loop never blocks that long. */
const LOCK_MS = 5_000;
const limits = [PROCESSOR_TIME, WALL_TIME, MEMORY];

/**
 * A child that was killed from outside, or was full: a warm one also holds what earlier jobs left. A crash or too much work would
 * only happen again.
 */
const isWorthAnotherTry = (failure: string) => OTHERS_KILL.test(failure) || MEMORY.test(failure);

/** Serves queues on this machine, each with its own warm child processes, until the transport is closed. */
export const startHost = async (
  transport: Transport,
  config: Config,
  log: Log,
  served: readonly QueueName[] = queues,
): Promise<void> => {
  log.info(describeConfinement().en);
  await rm(dirname(cancelledMark(config.home, "")), { recursive: true, force: true });
  for (const queue of served) {
    const worker = transport.worker(queue, new URL("./child.ts", import.meta.url), {
      concurrency: childrenOf[queue](config),
      lockDuration: LOCK_MS,
      stalledInterval: LOCK_MS / 2,
      workerForkOptions: forkOptions(queue, config),
      settings: { backoffStrategy: (_made, _type, error) => (isWorthAnotherTry(error?.message ?? "") ? 0 : -1) },
    });
    worker.on("failed", (job: Job | undefined, error) => {
      const facts = {
        queue,
        job: job?.name,
        request: job?.id,
        seconds: job?.processedOn && (Date.now() - job.processedOn) / 1000,
      };
      if (limits.some((it) => it.test(error.message))) log.warn({ ...facts, reason: error.message }, "killed a job at its limit");
      else log.error({ ...facts, err: error }, "a job failed");
    });
    transport.events(queue).on<HostEvents, "cancel">("cancel", ({ jobId }) => {
      if (!worker.cancelJob(jobId, "a peer cancelled it")) return; // another host's
      markCancelled(config.home, jobId).catch((err) => log.error({ err, jobId }, "a cancelled job goes on to its limit"));
    });
    await worker.waitUntilReady();
  }
  log.info({ queues: served }, "worker host ready");
};
