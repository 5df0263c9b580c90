import { type Tensor, tf } from "../tf/tf.ts";

/** Which way downhill. Everything here is plain data: it is part of a run's recipe. */
export type Optimiser =
  /** Stochastic gradient descent as PyTorch does it: velocity = momentum · velocity + gradient; with `nesterov` one look ahead. */
  | { kind: "sgd"; momentum: number; nesterov?: boolean; decay?: number }
  /** Loshchilov & Hutter 2017: Adam whose weight decay is not scaled by the gradient's size. */
  | { kind: "adamw"; beta1?: number; beta2?: number; epsilon?: number; decay?: number };

/** One trained array, and what is particular about it. */
export interface Place {
  /** Whether weight decay is for it. */
  decays: boolean;
  /** Its learning rate as a multiple of the schedule's. */
  rateFactor: number;
}

/** What an optimiser remembers for each array, by name; each begins as zeros. */
export const slotsOf = ({ kind }: Optimiser): readonly string[] => (kind === "sgd" ? ["velocity"] : ["mean", "square"]);

interface Update {
  weight: Tensor;
  slots: Record<string, Tensor>;
}

interface Now {
  gradient: Tensor;
  weight: Tensor;
  slots: Readonly<Record<string, Tensor>>;
  place: Place;
  /** Scalars of this step: the schedule's rate, and its number counted from 1. */
  rate: Tensor;
  count: Tensor;
}

/** The next value of one array. A pure function of tensors, so that it can be part of a recorded step. */
export const update = (optimiser: Optimiser, { gradient, weight, slots, place, rate, count }: Now): Update => {
  const pace = place.rateFactor === 1 ? rate : tf.mul(rate, place.rateFactor);
  const decay = place.decays ? (optimiser.decay ?? 0) : 0;
  if (optimiser.kind === "sgd") {
    const { momentum, nesterov = false } = optimiser;
    const slope = decay === 0 ? gradient : tf.add(gradient, tf.mul(weight, decay));
    const velocity = tf.add(tf.mul(slots["velocity"] as Tensor, momentum), slope);
    const direction = nesterov ? tf.add(slope, tf.mul(velocity, momentum)) : velocity;
    return { weight: tf.sub(weight, tf.mul(direction, pace)), slots: { velocity } };
  }
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = optimiser;
  const mean = tf.add(tf.mul(slots["mean"] as Tensor, beta1), tf.mul(gradient, 1 - beta1));
  const square = tf.add(tf.mul(slots["square"] as Tensor, beta2), tf.mul(tf.square(gradient), 1 - beta2));
  // The averages began at zero; divided by the share of real gradients in them they are unbiased.
  const unbiased = (it: Tensor, beta: number) => tf.div(it, tf.sub(1, tf.pow(beta, count)));
  const step = tf.div(unbiased(mean, beta1), tf.add(tf.sqrt(unbiased(square, beta2)), epsilon));
  const moved = tf.sub(weight, tf.mul(step, pace));
  return { weight: decay === 0 ? moved : tf.sub(moved, tf.mul(tf.mul(weight, decay), pace)), slots: { mean, square } };
};

/** Gradients scaled down together so that their norm over all arrays is at most `limit` (Pascanu et al. 2013). */
export const clip = (gradients: Readonly<Record<string, Tensor>>, limit: number): Record<string, Tensor> => {
  const squares = Object.values(gradients).map((it) => tf.sum(tf.square(it)));
  const norm = tf.sqrt(tf.sum(tf.stack(squares)));
  const factor = tf.minimum(1, tf.div(limit, tf.add(norm, 1e-6)));
  return Object.fromEntries(Object.entries(gradients).map(([name, it]) => [name, tf.mul(it, factor)]));
};
