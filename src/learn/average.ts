import { type Tensor, tf } from "../tf/tf.ts";

/** A second set of weights that follows the trained one, smoother and usually better. Plain data: part of a recipe. */
export type Average =
  /** Exponential moving average; the decay is smaller in the first steps, so that the average forgets how training began. */
  | { kind: "ema"; emaDecay: number }
  /** Slow weights that every `every` steps move towards the fast ones, which then go on from there (Zhang et al. 2019; Jordan 2024). */
  | { kind: "lookahead"; every: number };

/** What one step does: the share of the old average that remains, and whether the weights are set to the new one. */
export interface AverageUpdate {
  emaDecay: number;
  /** 1 or 0. */
  sync: number;
}

/** For step 0 … steps - 1. */
export const averageUpdateAt = (average: Average, step: number, steps: number): AverageUpdate => {
  if (average.kind === "ema") return { emaDecay: Math.min(average.emaDecay, (1 + step) / (10 + step)), sync: 0 };
  if (step === steps - 1) return { emaDecay: 1, sync: 1 };
  if ((step + 1) % average.every !== 0) return { emaDecay: 1, sync: 0 };
  return { emaDecay: 0.95 ** average.every * ((step + 1) / steps) ** 3, sync: 1 };
};

/** The next average and the next weight of one array. `emaDecay` and `sync` are scalars. */
export const updateAverage = (
  average: Tensor,
  weight: Tensor,
  { emaDecay, sync }: { emaDecay: Tensor; sync: Tensor },
): { average: Tensor; weight: Tensor } => {
  const next = tf.add(tf.mul(average, emaDecay), tf.mul(weight, tf.sub(1, emaDecay)));
  return { average: next, weight: tf.add(tf.mul(weight, tf.sub(1, sync)), tf.mul(next, sync)) };
};
