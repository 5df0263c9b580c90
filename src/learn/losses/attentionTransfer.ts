import { type Tensor, tf } from "../../tf/tf.ts";
import { resizeTo } from "./resize.ts";

/** Where a network looks: mean of the squared channels at each place, scaled to length 1. [rows, height, width, channels] to [rows, height · width]. */
const attention = (maps: Tensor): Tensor => {
  const [rows, height, width] = maps.shape as [number, number, number];
  const strength = tf.reshape(tf.mean(tf.square(maps), -1), [rows, height * width]);
  // Not a division by a root, which TensorFlow's graph optimiser would replace by this anyway. 1e-12: a picture that nothing answers to.
  return tf.mul(strength, tf.rsqrt(tf.add(tf.sum(tf.square(strength), -1, true), 1e-12)));
};

/**
 * Attention transfer (Zagoruyko & Komodakis 2017, "Paying more attention to attention"): the mean squared difference between where the
 * student and the teacher look, over rows and places. Feature maps are [rows, height, width, channels]; grids and channels may differ.
 */
export const attentionTransfer = (student: Tensor, teacher: Tensor): Tensor => {
  const [, height, width] = student.shape as [number, number, number];
  return tf.mean(tf.squaredDifference(attention(student), attention(resizeTo(teacher, [height, width]))));
};
