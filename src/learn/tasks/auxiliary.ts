import { type Tensor, tf } from "../../tf/tf.ts";

/** Szegedy et al. 2014 give each auxiliary classifier of GoogLeNet this share. */
const AUXILIARY = 0.3;

/** The losses of a network's auxiliary classifiers as one, under its name; nothing where there are none. */
export const auxiliary = (losses: readonly Tensor[]): Record<string, Tensor> =>
  losses.length === 0 ? {} : { auxiliary: tf.mul(tf.addN([...losses]), AUXILIARY) };
