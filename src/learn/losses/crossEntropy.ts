import { crossEntropy as rowCrossEntropy } from "../../tf/kernels.ts";
import { type Tensor, tf } from "../../tf/tf.ts";

/** What a division by nothing is kept from: far below the weight of any label. */
const NOTHING = 1e-6;

/** `labelSmoothing` of each label's weight is spread over all classes (Szegedy et al. 2015). targets: [rows, classes]. */
const smoothLabels = (targets: Tensor, labelSmoothing: number): Tensor =>
  labelSmoothing === 0 ? targets : tf.add(tf.mul(targets, 1 - labelSmoothing), labelSmoothing / (targets.shape[1] as number));

/**
 * Mean of -Σ targets · log softmax(logits), in nats, over the rows that have a target. Logits and targets are [rows, classes]; a row of
 * targets sums to 1, or to 0 where the label is hidden: such a row counts for nothing, and one in between (two pictures mixed, one of
 * them unlabelled) for its share. Without any target the loss is 0.
 */
export const crossEntropy = (logits: Tensor, targets: Tensor, labelSmoothing = 0): Tensor => {
  const share = tf.sum(targets, -1); // [rows]
  const distributions = tf.div(targets, tf.expandDims(tf.maximum(share, NOTHING), -1)); // [rows, classes]
  const losses = rowCrossEntropy(logits, smoothLabels(distributions, labelSmoothing)); // [rows]
  return tf.div(tf.sum(tf.mul(losses, share)), tf.maximum(tf.sum(share), NOTHING));
};
