import type { Mistake } from "../errors.ts";
import type { Contract } from "./contract.ts";

/** How BullMQ words the death of a child process, by the signal it died of. The first three are sent by its own watchdog. */
export const PROCESSOR_TIME = /signal: SIGXCPU/;
export const WALL_TIME = /signal: SIGALRM/;
export const MEMORY = /signal: SIGUSR2/;
export const MEMORY_SIGNAL = "SIGUSR2";
export const OTHERS_KILL = /signal: SIG(KILL|TERM|INT|HUP)/;
export const CRASH = /Unexpected exit code/;

/** The mistakes that say at which limit a job was stopped. */
export type LimitCode = "too_slow" | "waited_too_long" | "too_much_memory";

/** Which limit a job was stopped at, as its asker is told; undefined where it ended in another way. */
export const limitIn = (
  failure: string,
  { processorSeconds, wallSeconds }: Pick<Contract, "processorSeconds" | "wallSeconds">,
  maxMb: number,
): Mistake<LimitCode> | undefined => {
  if (PROCESSOR_TIME.test(failure)) return { code: "too_slow", facts: { seconds: processorSeconds } };
  if (WALL_TIME.test(failure)) return { code: "waited_too_long", facts: { seconds: wallSeconds } };
  if (MEMORY.test(failure)) return { code: "too_much_memory", facts: { maxMb } };
  return undefined;
};
