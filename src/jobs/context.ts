import type { Blobs } from "../blobs/blobs.ts";
import type { Text } from "../text.ts";
import type { JobInput, JobName, JobOutput } from "./contracts.ts";
import type { JobResult } from "./parts.ts";

/** How far a job has come. `note` is shown beside the bar. */
export interface Progress {
  done: number;
  of: number;
  note?: Text;
}

/** What a running job may use besides its input. */
export interface JobContext {
  blobs: Blobs;
  /** A folder of this machine where half-done downloads may lie between tries. */
  scratch: string;
  /** Aborts when the peer cancels; a job that ignores it is killed a little later. */
  signal: AbortSignal;
  report(progress: Progress): Promise<void>;
  /** Megabytes of memory that no child gets more of. */
  maxMb: number;
  /** How the jobs ended that this one waited for, by their place in the request. Those that were cancelled are missing. */
  parts(): Promise<ReadonlyMap<number, JobResult>>;
}

/** Job payload and blobs in, JSON and blobs out. A `UserError` thrown here reaches the peer as its sentence. */
export type Handler<N extends JobName> = (input: JobInput<N>, context: JobContext) => Promise<JobOutput<N>>;

/** A contract without a handler, or a handler without a contract, does not compile. Loaded on first use by the child. */
export type Handlers = { readonly [N in JobName]: () => Promise<Handler<N>> };
