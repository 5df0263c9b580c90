import type { Outputs } from "../nets/net.ts";
import type { Tensor } from "../tf/tf.ts";

/** What a step hands to its task. */
export interface TaskInput {
  /** Runs the network in training mode on x: [rows, …]. */
  net(x: Tensor): Outputs<Tensor>;
  /** The tensors of the source's batch by name. */
  batch: Readonly<Record<string, Tensor>>;
  /** Steps done, as a share of all: 0 in the first step, below 1 in the last. A scalar. */
  progress: Tensor;
}

/** What a batch is turned into. */
export interface TaskOutput {
  /** Scalars whose sum is minimised. */
  losses: Record<string, Tensor>;
  /** Scalars that are told and nothing else. */
  metrics?: Record<string, Tensor>;
}

/** What is learned. */
export type Task = (input: TaskInput) => TaskOutput;
