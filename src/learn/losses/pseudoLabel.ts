import { type Tensor, tf } from "../../tf/tf.ts";
import { consistency } from "./consistency.ts";
import { rampUp } from "./rampUp.ts";

/**
 * Pseudo-labels (Lee 2013, "Pseudo-label: the simple and efficient semi-supervised learning method"): cross-entropy of the predictions
 * for unlabelled pictures with these same predictions where they are confident, as `pseudoTargets` has them. Its weight grows linearly
 * over the first `ramp` of the run, so that a network that knows nothing yet does not learn its own mistakes; `progress` is the share
 * of the run that is done, a scalar. Logits and targets are [rows, classes].
 */
export const pseudoLabel = (logits: Tensor, targets: Tensor, progress: Tensor, ramp: number): Tensor =>
  tf.mul(consistency(logits, targets), rampUp(progress, ramp));
