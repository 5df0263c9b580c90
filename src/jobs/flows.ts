import type { Job } from "bullmq";
import type { CheckpointStore } from "../blobs/checkpoints.ts";
import { isCancelled, noteCancelled } from "./cancellation.ts";
import type { Contract } from "./contract.ts";
import { contracts, type JobName, type JobRequest } from "./contracts.ts";
import { hasCrashed, limitReached } from "./limits.ts";
import { type OnPlace, watchPlaces } from "./places.ts";
import type { Progress } from "./progress.ts";
import { type QueueName, queueNames, queueSpec } from "./queues.ts";
import { dependencyId, dependencyResult, type JobResult, requestOfJob } from "./results.ts";
import type { Transport } from "./transport.ts";
import { openTurns } from "./turns.ts";

/** How the work of a request ended, and the files of models that took a child process along on the way. */
export interface FlowResult {
  job: JobName;
  end: JobResult;
  /** Its asker had stopped it, and waited for what it had so far. */
  isCancelled: boolean;
  crashedModels: readonly string[];
}

/** Brings the end of a request to its asker. Called again after a crash, so it must be harmless twice. */
export type OnResult = (request: string, result: FlowResult, lastTry: boolean) => Promise<void>;

/** The queue of the flows' parents, which the bot serves. */
const RESULTS = "results";
const TRIES = 3;
/** For how many seconds ended jobs stay in the queue for a look at what happened. A number of them would be counted out at every end. */
const kept = { age: 600 };
/** How a job of a worker is tried and kept. */
const jobOptions = {
  ...{ attempts: 2, backoff: { type: "custom" }, ignoreDependencyOnFailure: true },
  ...{ removeOnComplete: kept, removeOnFail: kept },
};
/** What a parent remembers of its request: whose it is, its last job, and those that this one depends on. */
interface FlowData {
  request: string;
  person: string;
  job: JobName;
  dependencies: readonly JobName[];
}

export interface Flows {
  /** Begins to bring results to their askers; those that came while nobody listened are brought now. */
  onResult(listener: OnResult): Promise<void>;
  /**
   * Queues the work of a request; within a queue a smaller `priority`, from 1, goes first. Heavy work waits until what its person has
   * under way of the kind has ended. Doing it twice with the same request changes nothing.
   */
  start(request: string, input: JobRequest<JobName>, asker: { person: string; priority: number }): Promise<void>;
  /** Stops it, wherever it is. Whoever asked has been answered already. */
  cancel(request: string): Promise<void>;
  /**
   * Asks a job to end that keeps what it has when it is stopped (`Contract.keepsWhenCancelled`), if it has begun: what it has so far comes
   * as its result, whatever becomes of its host meanwhile. False, and nothing is done, for any other request.
   */
  stop(request: string): Promise<boolean>;
  /** Waiting and running jobs of each queue. */
  lengths(): Promise<Record<QueueName, { waiting: number; active: number }>>;
  onProgress(listener: (request: string, progress: Progress) => void): void;
  /** Tells at which place heavy requests wait, whenever that changes. */
  onPlace(listener: OnPlace): void;
}

const queueOf = (name: JobName): QueueName => contracts[name].queue;
/** The queue that makes a request heavy; undefined where it is not. */
const heavyQueue = ({ job, dependencies }: Pick<FlowData, "job" | "dependencies">): QueueName | undefined =>
  [job, ...dependencies].map(queueOf).find((it) => queueSpec(it).heavy);

/** Every job of a request with its id, in the order in which they run. */
const jobsOf = ({ request, job, dependencies }: FlowData): readonly (readonly [JobName, string])[] => [
  ...dependencies.map((name, index) => [name, dependencyId(request, index)] as const),
  [job, request],
];

/** The files of the models that a job ran, if it took its child process along: a crash, too much work, too much memory. */
const crashedModelsOf = async (transport: Transport, name: JobName, id: string): Promise<readonly string[]> => {
  const job = await transport.queue(queueOf(name)).getJob(id);
  const why = job?.failedReason ?? "";
  // A job that waited too long had a busy machine, and no bad model.
  if (!job || !hasCrashed(why) || limitReached(why) === "wallSeconds" || !(await job.isFailed())) return [];
  return (contracts[name] as Contract).models?.(job.data) ?? [];
};

/**
 * Every piece of work is a flow: a parent in the queue `results`, served here in the bot, over a job served by a worker host, which
 * may depend on further jobs. BullMQ runs a parent whatever becomes of its children, so every asker hears of every end.
 */
export const openFlows = async (transport: Transport, checkpoints: Pick<CheckpointStore, "remove">): Promise<Flows> => {
  const begun: Job<FlowData>[] = await transport.queue(RESULTS).getJobs(["waiting-children"]);
  const turns = openTurns(begun.map(({ data }) => data).filter(heavyQueue));
  /** Whoever wants to hear of places looks again when turns change here; the queue itself tells of its own moves. */
  const watching: { look(): Promise<void> }[] = [];
  const lookAtPlaces = () => {
    for (const it of watching) void it.look();
  };

  const add = async (data: FlowData, { job, input, dependencies = [] }: JobRequest<JobName>, priority: number) => {
    const options = { ...jobOptions, priority: Math.max(1, priority) };
    await transport.flows.add({
      ...{ name: RESULTS, queueName: RESULTS, data },
      opts: {
        ...{ jobId: data.request, attempts: TRIES, backoff: { type: "fixed", delay: 500 } },
        ...{ removeOnComplete: kept, removeOnFail: kept },
      },
      children: [
        {
          ...{ name: job, queueName: queueOf(job), data: input, opts: { ...options, jobId: data.request } },
          children: dependencies.map(({ job, input }, index) => ({
            ...{ name: job, queueName: queueOf(job), data: input },
            opts: { ...options, jobId: dependencyId(data.request, index) },
          })),
        },
      ],
    });
  };

  const jobOf = (name: JobName, id: string): Promise<Job | undefined> => transport.queue(queueOf(name)).getJob(id);
  const parentOf = (request: string): Promise<Job<FlowData> | undefined> => transport.queue(RESULTS).getJob(request);
  /** Says to the hosts that a job is cancelled. */
  const announce = async (name: JobName, id: string) => {
    await transport.eventsProducer(queueOf(name)).publishEvent({ eventName: "cancel", jobId: id });
  };

  return {
    onResult: async (listener) => {
      const bring = async (job: Job<FlowData>) => {
        const { request, job: name, dependencies } = job.data;
        const end = (await dependencyResult(job, request)) ?? { failure: "taken out of the queue" };
        const jobs = jobsOf(job.data);
        if (heavyQueue(job.data)) {
          for (const [, id] of jobs) await checkpoints.remove(id); // lighter work keeps none
          await turns.end(request);
          lookAtPlaces();
        }
        const suspects = "failure" in end || dependencies.length > 0 ? jobs : [];
        const crashed = await Promise.all(suspects.map(([it, id]) => crashedModelsOf(transport, it, id)));
        // Of any other, whoever cancelled it has been answered.
        const mayBeCancelled = "failure" in end || (contracts[name] as Contract).keepsWhenCancelled !== undefined;
        const last = mayBeCancelled ? await jobOf(name, request) : undefined;
        const result = { job: name, end, isCancelled: last !== undefined && isCancelled(last), crashedModels: crashed.flat() };
        await listener(request, result, job.attemptsMade + 1 >= TRIES);
      };
      await transport.worker(RESULTS, bring, { concurrency: 4 }).waitUntilReady();
    },
    start: async (request, input, { person, priority }) => {
      const data: FlowData = {
        ...{ request, person, job: input.job },
        dependencies: (input.dependencies ?? []).map(({ job }) => job),
      };
      const begin = () => add(data, input, priority);
      const queue = heavyQueue(data);
      await (queue ? turns.take(person, { request, queue, begin }) : begin());
      if (queue) lookAtPlaces();
    },
    cancel: async (request) => {
      if (turns.leave(request)) return lookAtPlaces();
      const parent = await parentOf(request);
      for (const [name, id] of parent ? jobsOf(parent.data) : []) {
        const job = await jobOf(name, id);
        if (!job) continue;
        if (!(await job.isActive())) await job.remove().catch(() => announce(name, id));
        else await noteCancelled(job).then(() => announce(name, id));
      }
    },
    stop: async (request) => {
      const name = (await parentOf(request))?.data.job;
      if (!name || !(contracts[name] as Contract).keepsWhenCancelled) return false;
      const job = await jobOf(name, request);
      // One that lost its host has begun too, and waits for another.
      const hasBegun = job !== undefined && job.attemptsStarted > 0 && job.finishedOn === undefined;
      if (!hasBegun) return false;
      await noteCancelled(job);
      await announce(name, request);
      return true;
    },
    lengths: async () => {
      const entries = queueNames.map(async (queue) => {
        const { waiting = 0, prioritized = 0, delayed = 0, active = 0 } = await transport.queue(queue).getJobCounts();
        return [queue, { waiting: waiting + prioritized + delayed + turns.line(queue).length, active }] as const;
      });
      return Object.fromEntries(await Promise.all(entries)) as Record<QueueName, { waiting: number; active: number }>;
    },
    onPlace: (listener) => {
      const watched = watchPlaces(transport, turns, listener);
      watching.push(watched);
      void watched.look();
    },
    onProgress: (listener) => {
      for (const queue of queueNames)
        transport.events(queue).on("progress", ({ jobId, data }) => listener(requestOfJob(jobId), data as unknown as Progress));
    },
  };
};
