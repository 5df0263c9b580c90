import type { Mistake } from "../errors.ts";
import type { Contract } from "./contract.ts";

/** What a job may use before its process is killed. */
export interface Limits {
  /** Of all its threads together, so it is the same work on a busy machine as on an idle one, and on two cores as on eight. */
  processorSeconds: number;
  /** However little it computes; for jobs that wait for something. */
  wallSeconds: number;
  /** Private memory, of 10^6 bytes. Looked at where the system tells it (Linux). */
  megabytes: number;
}

/** The signal that a child's watchdog kills it with at each limit: how its host knows which limit it was, and from a crash. */
export const limitSignals = {
  processorSeconds: "SIGXCPU",
  wallSeconds: "SIGALRM",
  megabytes: "SIGUSR2",
} as const satisfies Record<keyof Limits, NodeJS.Signals>;

/** Whether a job failed because its child process ended: BullMQ's own words for it. */
export const hasCrashed = (failure: string): boolean => /Unexpected exit code/.test(failure);

/** Which limit a job was stopped at; undefined where it ended in another way. */
export const limitReached = (failure: string): keyof Limits | undefined =>
  (Object.keys(limitSignals) as (keyof Limits)[]).find((it) => failure.includes(`signal: ${limitSignals[it]}`));

/**
 * A child that was killed from outside, that left to make room for a fresh one when the job came, or was full, since a warm one also holds
 * what earlier jobs left. A crash or too much work would only happen again.
 */
const isWorthAnotherTry = (failure: string): boolean =>
  /signal: SIG(KILL|TERM|INT|HUP)|exit code: 0 /.test(failure) || limitReached(failure) === "megabytes";

/** By then a full disk has been seen (see `watchSpace`), and nothing begins before there is room again. */
const DISK_SEEN_MS = 2_000;

/** For how many milliseconds a job that failed waits before its other try; -1 where it would only fail again. */
export const msBeforeAnotherTry = (failure: string): number =>
  /^ENOSPC\b/.test(failure) ? DISK_SEEN_MS : isWorthAnotherTry(failure) ? 0 : -1;

/** The mistakes that say at which limit a job was stopped. */
export type LimitCode = "too_slow" | "waited_too_long" | "too_much_memory";

/** What the asker of a job that was stopped at a limit is told; undefined where it ended in another way. */
export const limitMistake = (
  failure: string,
  { processorSeconds, wallSeconds }: Pick<Contract, "processorSeconds" | "wallSeconds">,
  maxMb: number,
): Mistake<LimitCode> | undefined => {
  const mistakes: Record<keyof Limits, Mistake<LimitCode>> = {
    processorSeconds: { code: "too_slow", facts: { seconds: processorSeconds } },
    wallSeconds: { code: "waited_too_long", facts: { seconds: wallSeconds } },
    megabytes: { code: "too_much_memory", facts: { maxMb } },
  };
  const limit = limitReached(failure);
  return limit && mistakes[limit];
};
