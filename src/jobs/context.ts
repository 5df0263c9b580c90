import type { Blobs } from "../blobs/blobs.ts";
import type { Cache } from "../blobs/cache.ts";
import type { Checkpoints } from "../blobs/checkpoints.ts";
import type { JobInput, JobName, JobOutput } from "./contracts.ts";
import type { Progress } from "./progress.ts";
import type { JobResult } from "./results.ts";

/** What a running job may use besides its input. */
export interface JobContext {
  /** The job's id: the same at every try, on every host. */
  id: string;
  blobs: Blobs;
  /** What earlier tries of this job left to go on from, on whichever host they ran. Removed when the job has ended for good. */
  checkpoints: Checkpoints;
  /** What any job computed that takes long, by name; any of it may be gone. */
  cache: Pick<Cache, "load" | "save">;
  /** A folder of this machine where half-done downloads may lie between tries. */
  scratch: string;
  /** The folder of the published data sets, for the queues that may read it. */
  dataFolder: string;
  /** Share of each preset's work that a run may do on this machine: 1, or less where it is too slow. */
  workShare: number;
  /**
   * Aborts when the peer cancels, and is aborted from the start where they did before this try. A job that ignores it is killed a little
   * later; one whose contract says `keepsWhenCancelled` hands back what it has so far.
   */
  signal: AbortSignal;
  /** Says how far the job is. Call it as often as there is something to say: few reports are sent, and always the last. */
  report(progress: Progress): Promise<void>;
  /** Megabytes of memory that no child gets more of. */
  maxMb: number;
  /** How the jobs ended that this one depends on, by their place in the request. Those that were cancelled are missing. */
  dependencies(): Promise<ReadonlyMap<number, JobResult>>;
}

/** Job payload and blobs in, JSON and blobs out. A `UserError` thrown here reaches the peer as its sentence. */
export type Handler<N extends JobName> = (input: JobInput<N>, context: JobContext) => Promise<JobOutput<N>>;

/** A contract without a handler, or a handler without a contract, does not compile. Loaded on first use by the child. */
export type Handlers = { readonly [N in JobName]: () => Promise<Handler<N>> };
