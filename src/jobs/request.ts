import type { JobInput, JobName } from "./contracts.ts";

/** One job with its input. */
export type Work<N extends JobName> = { [K in N]: { job: K; input: JobInput<K> } }[N];

/**
 * Work for a queue, which a command returns instead of an immediate reply. With `each`, these jobs come first, none harmed by how
 * the others end, and the job itself then puts together what became of them: see `JobContext.parts`.
 */
export type JobRequest<N extends JobName> = Work<N> & { each?: readonly Work<JobName>[] };
