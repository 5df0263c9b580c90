import { type Tensor, tf } from "../../tf/tf.ts";
import { divergence } from "./divergence.ts";

/**
 * Knowledge distillation (Hinton, Vinyals & Dean 2015, "Distilling the knowledge in a neural network"): T² · KL(teacher ‖ student), both
 * softened by the temperature T, the mean over the rows. T² keeps the gradient's size independent of T. Logits are [rows, classes]; no
 * gradient goes to the teacher's, which are part of the batch.
 */
export const kd = (student: Tensor, teacher: Tensor, temperature: number): Tensor => {
  const softened = (logits: Tensor) => tf.logSoftmax(tf.div(logits, temperature)); // [rows, classes]
  return tf.mul(tf.mean(divergence(softened(teacher), softened(student))), temperature ** 2);
};
