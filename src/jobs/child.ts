import { setPriority } from "node:os";
import { join } from "node:path";
import type { Job } from "bullmq";
import { handlers } from "../../workers/index.ts";
import { UserError } from "../errors.ts";
import { type ProviderName, useProviders } from "../onnx/providers.ts";
import { openBlobs } from "../store/blobs.ts";
import type { Contract } from "./contract.ts";
import { contracts, type JobName } from "./contracts.ts";
import type { Handler, Progress } from "./handler.ts";
import { type Ended, endsBelow, partOf } from "./parts.ts";
import { startWatchdog } from "./watchdog.ts";

/** What a child of the worker host is told at its birth, as JSON in PEERLAB_CHILD. */
export interface ChildSettings {
  home: string;
  /** Resident megabytes above which the child makes place for a fresh one. */
  recycleMb: number;
  providers: readonly ProviderName[];
}

const settings = JSON.parse(process.env["PEERLAB_CHILD"] ?? "") as ChildSettings;
const blobs = openBlobs(join(settings.home, "blobs"));
const watchdog = startWatchdog();
useProviders(settings.providers);

/** A cancelled job gets this long to stop by itself. */
const GRACE_MS = 3000;
/** An idle child above its memory is replaced, after the result had time to leave. */
const IDLE_MS = 500;
/** The bot must answer at once whatever we compute, so work gives way to it. */
setPriority(19);
process.on("disconnect", () => process.exit());

let recycling: NodeJS.Timeout | undefined;

/** Run by BullMQ in the child process, one job at a time; the child stays warm for the next. */
export default async (job: Job, _token: string, signal: AbortSignal): Promise<Ended> => {
  clearTimeout(recycling);
  const name = job.name as JobName;
  const { input, output, seconds } = contracts[name] as Contract;
  watchdog(Date.now() + seconds * 1000);
  signal.addEventListener("abort", () => watchdog(Date.now() + GRACE_MS), { once: true });
  try {
    const handle = (await handlers[name]()) as (input: unknown, shift: Parameters<Handler<JobName>>[1]) => Promise<unknown>;
    const report = async (progress: Progress) => job.updateProgress({ ...progress });
    const parts = async () => new Map(Array.from(await endsBelow(job), ([id, end]) => [partOf(id), end]));
    const shift = { blobs, scratch: join(settings.home, "scratch"), signal, report, parts };
    const result = await handle(input.parse(job.data), shift);
    return { output: output.parse(result) };
  } catch (error) {
    if (error instanceof UserError) return { mistake: error.mistake };
    if (signal.aborted) return { mistake: { code: "cancelled", facts: {} } };
    throw error;
  } finally {
    watchdog(Number.POSITIVE_INFINITY);
    if (process.memoryUsage.rss() > settings.recycleMb * 1e6) recycling = setTimeout(() => process.exit(0), IDLE_MS);
  }
};
