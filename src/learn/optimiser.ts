import { type Tensor, tf } from "../tf/tf.ts";

/** How weights follow their gradients. Everything here is plain data: it is part of a run's recipe. */
export type Optimiser =
  /** Stochastic gradient descent as in PyTorch: velocity = momentum · velocity + gradient; weight decay is added to the gradient. */
  | { kind: "sgd"; momentum: number; nesterov?: boolean; weightDecay?: number }
  /** Loshchilov & Hutter 2017: Adam whose weight decay is not scaled by the gradient's size. */
  | { kind: "adamw"; beta1?: number; beta2?: number; epsilon?: number; weightDecay?: number };

/** How one parameter is treated apart from the others. */
export interface ParameterOptions {
  /** Whether weight decay applies to it. */
  decays: boolean;
  /** Its learning rate as a multiple of the schedule's. */
  learningRateFactor: number;
}

/** What an optimiser remembers for each parameter, by name; each begins as zeros. */
export const slotNames = ({ kind }: Optimiser): readonly string[] => (kind === "sgd" ? ["velocity"] : ["mean", "square"]);

interface UpdateInput {
  gradient: Tensor;
  weight: Tensor;
  slots: Readonly<Record<string, Tensor>>;
  options: ParameterOptions;
  /** Scalars of this step: the schedule's learning rate, and the number of the step, from 1. */
  learningRate: Tensor;
  stepNumber: Tensor;
}

/** The next value of one parameter. A pure function of tensors, so that it can be part of a recorded step. */
export const update = (
  optimiser: Optimiser,
  { gradient, weight, slots, options, learningRate, stepNumber }: UpdateInput,
): { weight: Tensor; slots: Record<string, Tensor> } => {
  const stepSize = options.learningRateFactor === 1 ? learningRate : tf.mul(learningRate, options.learningRateFactor);
  const weightDecay = options.decays ? (optimiser.weightDecay ?? 0) : 0;
  if (optimiser.kind === "sgd") {
    const { momentum, nesterov = false } = optimiser;
    const decayed = weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(weight, weightDecay));
    const velocity = tf.add(tf.mul(slots["velocity"] as Tensor, momentum), decayed);
    const direction = nesterov ? tf.add(decayed, tf.mul(velocity, momentum)) : velocity;
    return { weight: tf.sub(weight, tf.mul(direction, stepSize)), slots: { velocity } };
  }
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = optimiser;
  const mean = tf.add(tf.mul(slots["mean"] as Tensor, beta1), tf.mul(gradient, 1 - beta1));
  const square = tf.add(tf.mul(slots["square"] as Tensor, beta2), tf.mul(tf.square(gradient), 1 - beta2));
  // The averages began at zero; divided by the share of real gradients in them they are unbiased.
  const unbiased = (average: Tensor, beta: number) => tf.div(average, tf.sub(1, tf.pow(beta, stepNumber)));
  const direction = tf.div(unbiased(mean, beta1), tf.add(tf.sqrt(unbiased(square, beta2)), epsilon));
  const moved = tf.sub(weight, tf.mul(direction, stepSize));
  return {
    weight: weightDecay === 0 ? moved : tf.sub(moved, tf.mul(tf.mul(weight, weightDecay), stepSize)),
    slots: { mean, square },
  };
};

/** Gradients scaled down together so that their norm over all parameters is at most `limit` (Pascanu et al. 2013). */
export const clipByGlobalNorm = (gradients: Readonly<Record<string, Tensor>>, limit: number): Record<string, Tensor> => {
  const squares = Object.values(gradients).map((it) => tf.sum(tf.square(it)));
  const norm = tf.sqrt(tf.sum(tf.stack(squares)));
  const factor = tf.minimum(1, tf.div(limit, tf.add(norm, 1e-6)));
  return Object.fromEntries(Object.entries(gradients).map(([name, it]) => [name, tf.mul(it, factor)]));
};
