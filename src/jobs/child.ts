import { rm } from "node:fs/promises";
import { setPriority } from "node:os";
import { join } from "node:path";
import type { Job } from "bullmq";
import { handlers } from "../../workers/index.ts";
import { openBlobs } from "../blobs/blobs.ts";
import { UserError } from "../errors.ts";
import { type ProviderName, useProviders } from "../providers.ts";
import { cancelledMark } from "./cancelled.ts";
import type { Confinement } from "./confinement.ts";
import type { Handler, Progress } from "./context.ts";
import type { Contract } from "./contract.ts";
import { contracts, type JobName } from "./contracts.ts";
import { MEMORY_SIGNAL } from "./failure.ts";
import { endsBelow, type JobResult, partOf } from "./parts.ts";
import { startWatchdog } from "./watchdog.ts";

/** What a child of the worker host is told at its birth, as JSON in PEERLAB_CHILD. */
export interface ChildSettings {
  /** The host's process id. */
  parent: number;
  home: string;
  /** Resident megabytes above which the child makes place for a fresh one. */
  recycleMb: number;
  /** Private memory, in megabytes, that it never gets more of. */
  megabytes: number;
  confinement: Confinement;
  providers: readonly ProviderName[];
}

const settings = JSON.parse(process.env["PEERLAB_CHILD"] ?? "") as ChildSettings;
const blobs = openBlobs(join(settings.home, "blobs"));
const watchdog = startWatchdog(settings.parent);
useProviders(settings.providers);

/** Of its memory a job may use this share; the rest is for what is asked for between two looks, and for saying so. */
const MEMORY_SHARE = 0.9;
/** An idle child above its memory is replaced, after the result had time to leave. */
const IDLE_MS = 500;
/** The bot must answer at once whatever we compute, so work gives way to it. */
setPriority(19);

/** How ONNX Runtime, V8, sharp and the C++ library say that memory was refused. */
const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && OUT_OF_MEMORY.test(`${error.message} ${error.cause instanceof Error ? error.cause.message : ""}`);
const OUT_OF_MEMORY =
  /bad_alloc|bad allocation|failed to allocate memory|out of memory|allocation failed|ENOMEM|Cannot allocate/i;

let recycling: NodeJS.Timeout | undefined;

/** Run by BullMQ in the child process, one job at a time; the child stays warm for the next. */
export default async (job: Job, _token: string, signal: AbortSignal): Promise<JobResult> => {
  clearTimeout(recycling);
  const name = job.name as JobName;
  const { input, output, processorSeconds, wallSeconds } = contracts[name] as Contract;
  const limits = { processorSeconds, wallSeconds, megabytes: settings.megabytes * MEMORY_SHARE };
  const cancelled = cancelledMark(settings.home, job.id ?? "");
  watchdog({ ...limits, cancelled });
  try {
    const handle = (await handlers[name]()) as (input: unknown, context: Parameters<Handler<JobName>>[1]) => Promise<unknown>;
    const report = async (progress: Progress) => job.updateProgress({ ...progress });
    const parts = async () => new Map(Array.from(await endsBelow(job), ([id, end]) => [partOf(id), end]));
    const context = { blobs, scratch: join(settings.home, "scratch"), signal, report, parts, maxMb: settings.megabytes };
    const result = await handle(input.parse(job.data), context);
    return { output: output.parse(result) };
  } catch (error) {
    if (isOutOfMemory(error)) {
      // As its watchdog would: earlier jobs may have filled this child, so the job has another try in a fresh one.
      console.error(error);
      process.kill(process.pid, MEMORY_SIGNAL);
    }
    if (error instanceof UserError) return { mistake: error.mistake };
    if (signal.aborted) return { mistake: { code: "cancelled", facts: {} } };
    throw error;
  } finally {
    watchdog(undefined);
    if (signal.aborted) await rm(cancelled, { force: true });
    if (process.memoryUsage.rss() > settings.recycleMb * 1e6) recycling = setTimeout(() => process.exit(0), IDLE_MS);
  }
};
