import { crossEntropy } from "../../tf/kernels.ts";
import { type Tensor, tf } from "../../tf/tf.ts";

/**
 * The unlabelled loss of FixMatch (Sohn et al. 2020): cross-entropy of the predictions for strongly augmented pictures with the
 * confident predictions for the same pictures weakly augmented, as `pseudoTargets` has them. The mean is over all rows; those without
 * a target count as zero, so that few confident rows also weigh little. Both are [rows, classes].
 */
export const consistency = (strong: Tensor, targets: Tensor): Tensor =>
  tf.mean(tf.mul(crossEntropy(strong, targets), tf.sum(targets, -1)));
