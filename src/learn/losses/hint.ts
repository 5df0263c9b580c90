import { type Tensor, tf } from "../../tf/tf.ts";
import { resizeTo } from "./resize.ts";

/**
 * The hint of FitNets (Romero et al. 2015): mean squared difference between the teacher's feature maps [rows, height, width, outputs] and
 * the student's [rows, height, width, inputs], which a trained `projection` [inputs, outputs] (a 1x1 convolution) brings to as many
 * channels. Grids may differ.
 */
export const hint = (student: Tensor, teacher: Tensor, projection: Tensor): Tensor => {
  const [rows, height, width, inputs] = student.shape as [number, number, number, number];
  const projected = tf.matMul(tf.reshape(student, [rows * height * width, inputs]), projection);
  const wanted = resizeTo(teacher, [height, width]);
  return tf.mean(tf.squaredDifference(tf.reshape(projected, wanted.shape), wanted));
};
