import { type Tensor, tf } from "../tf/tf.ts";

/** A second set of weights that follows the first, smoother and usually better. */
export type Average =
  /** Exponential moving average; slower only after the first steps, so that it forgets how training began. */
  | { kind: "ema"; keep: number }
  /** Slow weights that every `every` steps move towards the fast ones, which then go on from there (Zhang et al. 2019; Jordan 2024). */
  | { kind: "lookahead"; every: number };

/** What one step does: the share of the average that stays, and whether the weights become it. */
export interface Pull {
  keep: number;
  /** 1 or 0. */
  sync: number;
}

/** For step 0 … steps - 1. */
export const pullAt = (average: Average, step: number, steps: number): Pull => {
  if (average.kind === "ema") return { keep: Math.min(average.keep, (1 + step) / (10 + step)), sync: 0 };
  if (step === steps - 1) return { keep: 1, sync: 1 };
  if ((step + 1) % average.every !== 0) return { keep: 1, sync: 0 };
  return { keep: 0.95 ** average.every * ((step + 1) / steps) ** 3, sync: 1 };
};

/** The next average and the next weight of one array. */
export const follow = (average: Tensor, weight: Tensor, keep: Tensor, sync: Tensor): { average: Tensor; weight: Tensor } => {
  const next = tf.add(tf.mul(average, keep), tf.mul(weight, tf.sub(1, keep)));
  return { average: next, weight: tf.add(tf.mul(weight, tf.sub(1, sync)), tf.mul(next, sync)) };
};
