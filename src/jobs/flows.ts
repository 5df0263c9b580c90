import type { Job } from "bullmq";
import type { Wish } from "../chat/command.ts";
import type { Returned } from "./child.ts";
import type { Contract, QueueName } from "./contract.ts";
import { queues } from "./contract.ts";
import { contracts, type JobName } from "./contracts.ts";
import type { Progress } from "./handler.ts";
import type { Transport } from "./transport.ts";

/** How the work of a request ended: what the child returned, or why there is nothing. */
export type Ending = { job: JobName; returned: Returned } | { job: JobName; failure: string };

/** Brings the end of a request to its asker. Called again after a crash, so it must be harmless twice. */
export type Deliver = (request: string, ending: Ending, lastTry: boolean) => Promise<void>;

const DELIVER = "deliver";
const TRIES = 3;
/** How long ended jobs stay in the queue for a look at what happened. */
const kept = { age: 3600, count: 1000 };

export interface Flows {
  /** Begins to bring ends to their askers; ends that came while nobody listened are brought now. */
  deliverTo(deliver: Deliver): Promise<void>;
  /** Queues the work of a request, smaller `rank` first. Doing it twice with the same request changes nothing. */
  start(request: string, wish: Wish<JobName>, rank: number): Promise<void>;
  /** Stops it, wherever it is. Whoever asked has been answered already. */
  cancel(request: string): Promise<void>;
  /** Waiting and running jobs of each queue. */
  lengths(): Promise<Record<QueueName, { waiting: number; active: number }>>;
  onProgress(listener: (request: string, progress: Progress) => void): void;
}

/**
 * Every piece of work is a flow: the parent `deliver` (served here, in the bot) over the child `work` (served by a worker host).
 * BullMQ runs the parent whatever becomes of the child, so every asker hears of every end.
 */
export const openFlows = (transport: Transport): Flows => ({
  deliverTo: async (deliver) => {
    const bring = async (job: Job) => {
      const [value] = Object.values(await job.getChildrenValues<Returned>());
      const [failure = "taken out of the queue"] = Object.values(await job.getIgnoredChildrenFailures());
      const ending = { job: job.data.job as JobName, ...(value ? { returned: value } : { failure }) };
      await deliver(job.data.request, ending, job.attemptsMade + 1 >= TRIES);
    };
    await transport.worker(DELIVER, bring, { concurrency: 4, maxStalledCount: 10 }).waitUntilReady();
  },
  start: async (request, wish, rank) => {
    const { queue } = contracts[wish.job] as Contract;
    await transport.flows.add({
      name: DELIVER,
      queueName: DELIVER,
      data: { request, job: wish.job },
      opts: {
        jobId: request,
        attempts: TRIES,
        backoff: { type: "fixed", delay: 500 },
        removeOnComplete: kept,
        removeOnFail: kept,
      },
      children: [
        {
          name: wish.job,
          queueName: queue,
          data: wish.input,
          opts: {
            jobId: request,
            priority: Math.max(1, rank),
            attempts: 2,
            backoff: { type: "custom" },
            ignoreDependencyOnFailure: true,
            removeOnComplete: kept,
            removeOnFail: kept,
          },
        },
      ],
    });
  },
  cancel: async (request) => {
    for (const queue of queues) {
      const job = await transport.queue(queue).getJob(request);
      if (!job) continue;
      if (await job.isActive()) await transport.announcer(queue).publishEvent({ eventName: "cancel", jobId: request });
      else await job.remove().catch(() => transport.announcer(queue).publishEvent({ eventName: "cancel", jobId: request }));
    }
  },
  lengths: async () => {
    const entries = queues.map(async (queue) => {
      const { waiting = 0, prioritized = 0, delayed = 0, active = 0 } = await transport.queue(queue).getJobCounts();
      return [queue, { waiting: waiting + prioritized + delayed, active }] as const;
    });
    return Object.fromEntries(await Promise.all(entries)) as Record<QueueName, { waiting: number; active: number }>;
  },
  onProgress: (listener) => {
    for (const queue of queues)
      transport.events(queue).on("progress", ({ jobId, data }) => listener(jobId, data as unknown as Progress));
  },
});
