import type { z } from "zod";
import type { QueueName } from "./queues.ts";

/** Queue, payload, result and limits of one kind of work. The bot imports it, so it reaches no sharp, ONNX or TensorFlow. */
export interface Contract<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  queue: QueueName;
  /**
   * Work before the child is killed and the peer told: of all its threads together, so two busy threads use two seconds each second.
   * How long that takes depends on who else works on the machine, and does not matter.
   */
  processorSeconds: number;
  /** Longest run whatever it does: far beyond what the work takes, except where the work is waiting, as for a download. */
  wallSeconds: number;
  input: I;
  output: O;
  /**
   * Stopped by its asker when it has begun, it is not answered at once: it hands back what it has so far, and that is the answer. Left out,
   * what it has is lost.
   */
  keepsWhenCancelled?: {
    /** How long that may take before its child is killed. */
    graceSeconds: number;
    /** Whether an output is what a stopped job had so far, and not all that it was asked for. */
    isPartial(output: z.infer<O>): boolean;
  };
  /** The files of the models that it runs: to be blamed when it takes its child process along. */
  models?(input: z.infer<I>): readonly string[];
}
export const contract = <I extends z.ZodType, O extends z.ZodType>(it: Contract<I, O>): Contract<I, O> => it;
