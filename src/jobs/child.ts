import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Job } from "bullmq";
import { handlers } from "../../workers/index.ts";
import { openBlobs } from "../blobs/blobs.ts";
import { openCache } from "../blobs/cache.ts";
import { openCheckpoints } from "../blobs/checkpoints.ts";
import { UserError } from "../errors.ts";
import { libc } from "../libc.ts";
import { type ProviderName, useProviders } from "../providers.ts";
import { isCancelled } from "./cancellation.ts";
import type { Confinement } from "./confinement.ts";
import type { Handler } from "./context.ts";
import type { Contract } from "./contract.ts";
import { contracts, type JobName } from "./contracts.ts";
import { limitSignals } from "./limits.ts";
import { throttleProgress } from "./progress.ts";
import { dependencyResults, indexOfDependency, type JobResult } from "./results.ts";
import { cancelMark, GRACE_SECONDS, startWatchdog } from "./watchdog.ts";

/** What a child of the worker host is told when it starts, as JSON in PEERLAB_CHILD. */
export interface ChildSettings {
  /** The host's process id. */
  parent: number;
  home: string;
  dataFolder: string;
  /** Share of each preset's work that a run may do. */
  workShare: number;
  /** See queues.ts. */
  niceness: number;
  /** Resident megabytes above which the child makes room for a fresh one. */
  recycleMb: number;
  /** Minutes without a job after which it gives all its memory back. */
  idleMinutes: number;
  /** Private memory, in megabytes, that it never gets more of. */
  megabytes: number;
  confinement: Confinement;
  providers: readonly ProviderName[];
}

const settings = JSON.parse(process.env["PEERLAB_CHILD"] ?? "") as ChildSettings;
const blobsFolder = join(settings.home, "blobs");
const blobs = openBlobs(blobsFolder);
const checkpoints = openCheckpoints(blobsFolder);
const cache = openCache(blobsFolder);
const watchdog = startWatchdog(settings.parent);
useProviders(settings.providers);

/** Of its memory a job may use this share; the rest is for what is asked for between two looks, and for saying so. */
const MEMORY_SHARE = 0.9;
/** A result has had time to leave after this long; then a child above its memory follows it, and any other tidies up. */
const RESULT_MS = 500;

/** How ONNX Runtime, V8, sharp and the C++ library say that memory was refused. */
const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && OUT_OF_MEMORY.test(`${error.message} ${error.cause instanceof Error ? error.cause.message : ""}`);
const OUT_OF_MEMORY =
  /bad_alloc|bad allocation|failed to allocate memory|out of memory|allocation failed|ENOMEM|Cannot allocate/i;

const CANCELLED: JobResult = { mistake: { code: "cancelled", facts: {} } };

let leaving: NodeJS.Timeout | undefined;

/**
 * Unless a job comes first, collects garbage and gives back its memory, or ends this child if it is too large or has been idle for too long. Where a job is handed
 * over in that very moment, it has another child (children.ts).
 */
const rest = () => {
  leaving = setTimeout(() => {
    if (process.memoryUsage.rss() > settings.recycleMb * 1e6) process.exit(0);
    globalThis.gc?.();
    libc?.trim?.();
    leaving = setTimeout(() => process.exit(0), settings.idleMinutes * 60_000);
  }, RESULT_MS);
};

/** Run by BullMQ in the child process, one job at a time; the child stays warm for the next. */
export default async (job: Job, _token: string, told: AbortSignal): Promise<JobResult> => {
  clearTimeout(leaving);
  const name = job.name as JobName;
  const { input, output, processorSeconds, wallSeconds, keepsWhenCancelled } = contracts[name] as Contract;
  // Its asker stopped it before its last host was lost.
  const isStopped = isCancelled(job);
  if (isStopped && !keepsWhenCancelled) return CANCELLED;
  const signal = isStopped ? AbortSignal.abort() : told;
  const graceSeconds = keepsWhenCancelled?.graceSeconds ?? GRACE_SECONDS;
  const limits = {
    ...{ processorSeconds, graceSeconds, megabytes: settings.megabytes * MEMORY_SHARE },
    wallSeconds: isStopped ? graceSeconds : wallSeconds,
  };
  const id = job.id ?? "";
  const cancelled = cancelMark(settings.home, id);
  const progress = throttleProgress((it) => job.updateProgress({ ...it }));
  watchdog({ ...limits, cancelMark: cancelled });
  try {
    const handle = (await handlers[name]()) as (input: unknown, context: Parameters<Handler<JobName>>[1]) => Promise<unknown>;
    const dependencies = async () =>
      new Map(Array.from(await dependencyResults(job), ([it, result]) => [indexOfDependency(it), result]));
    const result = await handle(input.parse(job.data), {
      ...{ id, blobs, cache, signal, dependencies, maxMb: settings.megabytes },
      ...{
        checkpoints: checkpoints.of(id),
        report: progress.report,
        scratch: join(settings.home, "scratch"),
        dataFolder: settings.dataFolder,
        workShare: settings.workShare,
      },
    });
    return { output: output.parse(result) };
  } catch (error) {
    if (isOutOfMemory(error)) {
      // As its watchdog would: earlier jobs may have filled this child, so the job has another try in a fresh one.
      console.error(error);
      process.kill(process.pid, limitSignals.megabytes);
    }
    if (error instanceof UserError) return { mistake: error.mistake };
    if (signal.aborted) return CANCELLED;
    throw error;
  } finally {
    watchdog(undefined);
    await progress.flush();
    if (signal.aborted) await rm(cancelled, { force: true });
    rest();
  }
};
