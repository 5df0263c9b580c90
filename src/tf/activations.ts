import { float, hasOwnOperations, isNative, runOne } from "./native.ts";
import { type Tensor, tf } from "./tf.ts";

// Activations whose gradients TensorFlow.js would compose of many small operations.

/** max(x, 0) */
export const relu = (x: Tensor): Tensor => {
  if (!isNative()) return tf.relu(x);
  return tf.customGrad((x, save) => {
    const y = tf.relu(x as Tensor);
    (save as (them: Tensor[]) => void)([y]);
    return { value: y, gradFunc: (dy: Tensor, [y]: Tensor[]) => runOne("ReluGrad", [dy, y as Tensor], { T: float }) };
  })(x);
};

/** One operation each way, of those in operations/activations.cc. */
const ownActivation = (name: "PeerlabGelu" | "PeerlabSwish", x: Tensor): Tensor =>
  tf.customGrad((x, save) => {
    (save as (them: Tensor[]) => void)([x as Tensor]);
    const gradient = (dy: Tensor, [x]: Tensor[]) => runOne(`${name}Grad`, [dy, x as Tensor], {});
    return { value: runOne(name, [x as Tensor], {}), gradFunc: gradient };
  })(x);

/** x · sigmoid(x) (Ramachandran, Zoph & Le 2017). */
export const swish = (x: Tensor): Tensor => (hasOwnOperations() ? ownActivation("PeerlabSwish", x) : composedSwish(x));

/** The same of TensorFlow's own operations, six passes over the data. */
export const composedSwish = (x: Tensor): Tensor =>
  tf.customGrad((x, save) => {
    const s = tf.sigmoid(x as Tensor);
    (save as (them: Tensor[]) => void)([x as Tensor, s]);
    const gradient = (dy: Tensor, [x, s]: Tensor[]) => {
      const [input, gate] = [x as Tensor, s as Tensor];
      // s + x·s·(1 - s), the second part of which TensorFlow has as one operation.
      const through = tf.mul(dy, input);
      const bent = isNative()
        ? runOne("SigmoidGrad", [gate, through], { T: float })
        : tf.mul(through, tf.mul(gate, tf.sub(1, gate)));
      return tf.add(tf.mul(dy, gate), bent);
    };
    return { value: tf.mul(x as Tensor, s), gradFunc: gradient };
  })(x);

/** x · Φ(x), Φ by the exact error function. */
export const gelu = (x: Tensor): Tensor => (hasOwnOperations() ? ownActivation("PeerlabGelu", x) : composedGelu(x));

/** The same of TensorFlow's own operations, twelve passes over the data. */
export const composedGelu = (x: Tensor): Tensor =>
  tf.customGrad((x, save) => {
    const share = tf.mul(tf.add(tf.erf(tf.mul(x as Tensor, Math.SQRT1_2)), 1), 0.5);
    (save as (them: Tensor[]) => void)([x as Tensor, share]);
    const gradient = (dy: Tensor, [x, share]: Tensor[]) => {
      const density = tf.mul(tf.exp(tf.mul(tf.square(x as Tensor), -0.5)), 1 / Math.sqrt(2 * Math.PI));
      return tf.mul(dy, tf.add(share as Tensor, tf.mul(x as Tensor, density)));
    };
    return { value: tf.mul(x as Tensor, share), gradFunc: gradient };
  })(x);
