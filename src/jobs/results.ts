import type { Job } from "bullmq";
import type { Mistake } from "../errors.ts";

/** How a job ended: what its child handed back (a peer's mistake is a result too, and never retried), or why there is nothing. */
export type JobResult = { output: unknown } | { mistake: Mistake } | { failure: string };

/** The id of the `index`-th job that a request's last one depends on. The last one has the request's own id. */
export const dependencyId = (request: string, index: number): string => `${request}.${index}`;
/** Which of them a job is, by its id. */
export const indexOfDependency = (id: string): number => Number(id.slice(id.lastIndexOf(".") + 1));
/** The request that a job belongs to, by its id. */
export const requestOfJob = (id: string): string => id.replace(/\.\d+$/, "");

/** The part of a key behind the queue's name: the id of a job. */
const idOf = (key: string): string => key.slice(key.lastIndexOf(":") + 1);

/** How one of the jobs ended that this one depends on; undefined where it was taken out of the queue. */
export const dependencyResult = async (
  job: Pick<Job, "getChildrenValues" | "getIgnoredChildrenFailures">,
  id: string,
): Promise<JobResult | undefined> => {
  const find = (all: Record<string, unknown>) => Object.entries(all).find(([key]) => idOf(key) === id)?.[1];
  const value = find(await job.getChildrenValues());
  if (value !== undefined) return value as JobResult;
  const failure = find(await job.getIgnoredChildrenFailures());
  return failure === undefined ? undefined : { failure: failure as string };
};

/** How the jobs ended that this one depends on, by their ids. Those that were taken out of the queue are missing. */
export const dependencyResults = async (
  job: Pick<Job, "getChildrenValues" | "getIgnoredChildrenFailures">,
): Promise<Map<string, JobResult>> => {
  const values: Record<string, JobResult> = await job.getChildrenValues();
  const failures = Object.entries(await job.getIgnoredChildrenFailures());
  const results = [...Object.entries(values), ...failures.map(([key, failure]) => [key, { failure }] as const)];
  return new Map(results.map(([key, result]) => [idOf(key), result]));
};
