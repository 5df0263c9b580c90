import { rm } from "node:fs/promises";
import type { Job, QueueEventsListener } from "bullmq";
import { builtFile, isBuilt } from "../built.ts";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import { describeConfinement } from "./confinement.ts";
import { forkOptions } from "./fork.ts";
import { limitReached, msBeforeAnotherTry } from "./limits.ts";
import { type QueueName, queueNames, queueSpec } from "./queues.ts";
import { restAfterwards } from "./rest.ts";
import type { Transport } from "./transport.ts";
import { cancelMarks, markCancelled } from "./watchdog.ts";

/** What hosts hear besides BullMQ's own events: see `Flows.cancel`. */
interface HostEvents extends QueueEventsListener {
  cancel: (args: { jobId: string }, id: string) => void;
}

/** After this long without a sign of life from its host, a job is given to another. The bot's event loop never blocks that long. */
const LOCK_MS = 5_000;
/** What a child runs: the handlers of `workers/`. */
const source = new URL("./child.ts", import.meta.url);
const childModule = isBuilt ? builtFile(source) : source;

/** Serves queues on this machine, each with its own warm child processes, until the transport is closed. */
export const startHost = async (
  transport: Transport,
  config: Config,
  log: Log,
  served: readonly QueueName[] = queueNames,
  child: URL = childModule,
): Promise<void> => {
  log.info(describeConfinement().en);
  await rm(cancelMarks(config.home), { recursive: true, force: true });
  const worked = restAfterwards();
  for (const queue of served) {
    const worker = transport.worker(queue, child, {
      concurrency: queueSpec(queue).children(config),
      lockDuration: LOCK_MS,
      stalledInterval: LOCK_MS / 2,
      workerForkOptions: forkOptions(queue, config),
      settings: { backoffStrategy: (_made, _type, error) => msBeforeAnotherTry(error?.message ?? "") },
    });
    worker.on("completed", worked);
    worker.on("failed", worked);
    worker.on("failed", (job: Job | undefined, error) => {
      const facts = {
        queue,
        job: job?.name,
        request: job?.id,
        seconds: job?.processedOn && (Date.now() - job.processedOn) / 1000,
      };
      if (limitReached(error.message)) log.warn({ ...facts, reason: error.message }, "killed a job at its limit");
      else log.error({ ...facts, err: error }, "a job failed");
    });
    transport.events(queue).on<HostEvents, "cancel">("cancel", ({ jobId }) => {
      if (!worker.cancelJob(jobId, "a peer cancelled it")) return; // another host's
      markCancelled(config.home, jobId).catch((err) => log.error({ err, jobId }, "a cancelled job goes on to its limit"));
    });
    await worker.waitUntilReady();
  }
  worked();
  log.info({ queues: served }, "worker host ready");
};
