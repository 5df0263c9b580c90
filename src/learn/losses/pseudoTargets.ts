import { constant } from "../../tf/kernels.ts";
import { type Tensor, tf } from "../../tf/tf.ts";

/**
 * A network's predictions as targets: one-hot of the likeliest class where its probability is at least `threshold` (0..1), else zeros.
 * Logits and targets are [rows, classes]. No gradient flows through them.
 */
export const pseudoTargets = (logits: Tensor, threshold: number): Tensor =>
  constant(logits, (it) => {
    const probabilities = tf.softmax(it);
    const isConfident = tf.cast(tf.greaterEqual(tf.max(probabilities, -1, true), threshold), "float32"); // [rows, 1]
    const classes = tf.oneHot(tf.argMax(probabilities, -1) as never, it.shape[1] as number);
    return tf.mul(tf.cast(classes, "float32"), isConfident);
  });

/** Share of the rows that have a target, 0..1. */
export const confidentShare = (targets: Tensor): Tensor => tf.mean(tf.sum(targets, -1));
