import type { Job } from "bullmq";
import type { Progress } from "./context.ts";
import type { Contract, QueueName } from "./contract.ts";
import { queues } from "./contract.ts";
import { contracts, type JobName } from "./contracts.ts";
import { CRASH, WALL_TIME } from "./failure.ts";
import { endsBelow, type JobResult, partId, requestOfJob } from "./parts.ts";
import type { JobRequest } from "./request.ts";
import type { Transport } from "./transport.ts";

/** How the work of a request ended, and the files of models that took a child process along on the way. */
export interface FlowResult {
  job: JobName;
  end: JobResult;
  crashedModels: readonly string[];
}

/** Brings the end of a request to its asker. Called again after a crash, so it must be harmless twice. */
export type Deliver = (request: string, ending: FlowResult, lastTry: boolean) => Promise<void>;

const DELIVER = "deliver";
const TRIES = 3;
/** How long ended jobs stay in the queue for a look at what happened. */
const kept = { age: 3600, count: 1000 };
/** How `work` is tried and kept. */
const tried = {
  ...{ attempts: 2, backoff: { type: "custom" }, ignoreDependencyOnFailure: true },
  ...{ removeOnComplete: kept, removeOnFail: kept },
};
/** What `deliver` remembers of the request: its job, and those before it. */
interface Delivery {
  request: string;
  job: JobName;
  each: readonly JobName[];
}

export interface Flows {
  /** Begins to bring ends to their askers; ends that came while nobody listened are brought now. */
  onResult(deliver: Deliver): Promise<void>;
  /** Queues the work of a request, smaller `rank` first. Doing it twice with the same request changes nothing. */
  start(request: string, input: JobRequest<JobName>, rank: number): Promise<void>;
  /** Stops it, wherever it is. Whoever asked has been answered already. */
  cancel(request: string): Promise<void>;
  /** Waiting and running jobs of each queue. */
  lengths(): Promise<Record<QueueName, { waiting: number; active: number }>>;
  onProgress(listener: (request: string, progress: Progress) => void): void;
}

const queueOf = (name: JobName): QueueName => contracts[name].queue;

/** Every job of a request with its id, in the order in which they run. */
const jobsOf = ({ request, job, each }: Delivery): readonly (readonly [JobName, string])[] => [
  ...each.map((name, index) => [name, partId(request, index)] as const),
  [job, request],
];

/** The files of the models that a job ran, if it took its child process along: a crash, too much work, too much memory. */
const killersIn = async (transport: Transport, name: JobName, id: string): Promise<readonly string[]> => {
  const job = await transport.queue(queueOf(name)).getJob(id);
  const why = job?.failedReason ?? "";
  // A job that waited too long had a busy machine, and no bad model.
  if (!job || !CRASH.test(why) || WALL_TIME.test(why) || !(await job.isFailed())) return [];
  return (contracts[name] as Contract).models?.(job.data) ?? [];
};

/**
 * Every piece of work is a flow: the parent `deliver` (served here, in the bot) over the child `work` (served by a worker host),
 * which may have children of its own. BullMQ runs a parent whatever becomes of its children, so every asker hears of every end.
 */
export const openFlows = (transport: Transport): Flows => ({
  onResult: async (deliver) => {
    const bring = async (job: Job<Delivery>) => {
      const { request, job: name } = job.data;
      const end = (await endsBelow(job)).get(request) ?? { failure: "taken out of the queue" };
      const jobs = "failure" in end || job.data.each.length > 0 ? jobsOf(job.data) : [];
      const killers = await Promise.all(jobs.map(([it, id]) => killersIn(transport, it, id)));
      await deliver(request, { job: name, end, crashedModels: killers.flat() }, job.attemptsMade + 1 >= TRIES);
    };
    await transport.worker(DELIVER, bring, { concurrency: 4 }).waitUntilReady();
  },
  start: async (request, input, rank) => {
    const each = input.each ?? [];
    const working = { ...tried, priority: Math.max(1, rank) };
    const data: Delivery = { request, job: input.job, each: each.map(({ job }) => job) };
    await transport.flows.add({
      name: DELIVER,
      queueName: DELIVER,
      data,
      opts: {
        jobId: request,
        attempts: TRIES,
        backoff: { type: "fixed", delay: 500 },
        removeOnComplete: kept,
        removeOnFail: kept,
      },
      children: [
        {
          name: input.job,
          queueName: queueOf(input.job),
          data: input.input,
          opts: { ...working, jobId: request },
          children: each.map(({ job, input }, index) => ({
            name: job,
            queueName: queueOf(job),
            data: input,
            opts: { ...working, jobId: partId(request, index) },
          })),
        },
      ],
    });
  },
  cancel: async (request) => {
    const delivery: Job<Delivery> | undefined = await transport.queue(DELIVER).getJob(request);
    for (const [name, id] of delivery ? jobsOf(delivery.data) : []) {
      const queue = queueOf(name);
      const job = await transport.queue(queue).getJob(id);
      if (!job) continue;
      if (await job.isActive()) await transport.announcer(queue).publishEvent({ eventName: "cancel", jobId: id });
      else await job.remove().catch(() => transport.announcer(queue).publishEvent({ eventName: "cancel", jobId: id }));
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
      transport.events(queue).on("progress", ({ jobId, data }) => listener(requestOfJob(jobId), data as unknown as Progress));
  },
});
