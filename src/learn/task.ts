import type { Network, Outputs } from "../nets/net.ts";
import type { Parameter } from "../nets/parameter.ts";
import type { Tensor } from "../tf/tf.ts";

/** What a step hands to its task. */
export interface TaskInput {
  /** Runs the network in training mode on x: [rows, …]. With the feature maps that the task asks for. */
  net(x: Tensor): Outputs<Tensor> & { features: Readonly<Record<string, Tensor>> };
  /** The tensors of the source's batch by name. */
  batch: Readonly<Record<string, Tensor>>;
  /** The task's own parameters by name. */
  parameters: Readonly<Record<string, Tensor>>;
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

/** What is learned. A teacher is no part of it: what it says comes with the batch, so that nothing here could train it. */
export interface Task {
  /** The arrays that it takes from a batch. */
  arrays: readonly string[];
  /** Feature maps of the network that it needs: see `tapFeatures`. */
  features?: readonly string[];
  /** Parameters that it owns, trained beside the network's and thrown away afterwards. Their names begin with "task/". */
  parameters?: readonly Parameter[];
  run(input: TaskInput): TaskOutput;
}

/** What a task is made for: the network, and the shape of one row of each array of a batch. */
export interface TaskSetting {
  net: Network;
  shapes: Readonly<Record<string, readonly number[]>>;
}
