import { type Tensor, tf } from "../../tf/tf.ts";
import { divergence } from "./divergence.ts";

/** As low as the target's logit is set where only the other classes count. */
const LOWERED = 1000;

const oneHotOfLargest = (rows: Tensor): Tensor =>
  tf.cast(tf.oneHot(tf.argMax(rows, -1) as never, rows.shape[1] as number), "float32");

/** The class in question of each row as one-hot: the label's, or where that is hidden (zeros) the one that the teacher names. */
const targetClasses = (labels: Tensor, teacher: Tensor): Tensor => {
  const isLabelled = tf.cast(tf.greater(tf.sum(labels, -1, true), 0), "float32"); // [rows, 1]
  return tf.add(tf.mul(oneHotOfLargest(labels), isLabelled), tf.mul(oneHotOfLargest(teacher), tf.sub(1, isLabelled)));
};

/** log p of the target and of all other classes together, [rows, 2], and log p among those others alone, [rows, classes]. */
const decouple = (logits: Tensor, target: Tensor): { binary: Tensor; others: Tensor } => {
  const lowered = tf.sub(logits, tf.mul(target, LOWERED));
  const own = tf.sum(tf.mul(logits, target), -1, true); // [rows, 1]
  const rest = tf.logSumExp(lowered, -1, true); // [rows, 1]
  return { binary: tf.logSoftmax(tf.concat([own, rest], -1)), others: tf.logSoftmax(lowered) };
};

/**
 * Decoupled knowledge distillation (Zhao et al. 2022): Hinton's divergence in two parts that can be weighed apart,
 * T² · (α · TCKD + β · NCKD), the mean over the rows. TCKD compares how sure teacher and student are of the target class, NCKD how they
 * rank the other classes. Hinton's is α = 1 and β = 1 - the teacher's probability of the target. Logits and labels are
 * [rows, classes]; rows of zeros are hidden labels.
 */
export const dkd = (
  student: Tensor,
  teacher: Tensor,
  labels: Tensor,
  { temperature, alpha = 1, beta = 8 }: { temperature: number; alpha?: number; beta?: number },
): Tensor => {
  const target = targetClasses(labels, teacher);
  const ours = decouple(tf.div(student, temperature), target);
  const theirs = decouple(tf.div(teacher, temperature), target);
  const tckd = tf.mean(divergence(theirs.binary, ours.binary));
  const nckd = tf.mean(divergence(theirs.others, ours.others));
  return tf.mul(tf.add(tf.mul(tckd, alpha), tf.mul(nckd, beta)), temperature ** 2);
};
