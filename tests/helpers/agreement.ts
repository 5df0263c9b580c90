import { expect } from "vitest";
import { tryOnce } from "../../src/inference/session.ts";
import { read } from "../../src/nets/backends/tf.ts";
import type { Net } from "../../src/nets/net.ts";
import { tf } from "../../src/tf/tf.ts";
import { exported, noise } from "./exported.ts";

const CLASSES = 10;

/** The exported model is the trained one by construction; here TensorFlow and ONNX Runtime run both on one random picture. */
export const expectTheSameLogits = async (net: Net): Promise<void> => {
  const { weights, bytes } = exported(net);
  const { first, last } = noise(net.size);
  const ours = tf.tidy(() => {
    const parameters = Object.fromEntries([...weights].map(([name, { shape, data }]) => [name, tf.tensor(data, [...shape])]));
    const x = tf.tensor(Float32Array.from(last), [1, net.size, net.size, 3]);
    return read(net, x, CLASSES, false, { parameters }).outputs.logits.dataSync();
  });
  const { outputs } = await tryOnce(bytes, first, [1, 3, net.size, net.size]);
  const [theirs] = Object.values(outputs);
  expect(theirs?.data).toHaveLength(CLASSES);
  const worst = Math.max(...Array.from(ours, (logit, i) => Math.abs(logit - (theirs?.data[i] ?? Number.NaN))));
  // Trained logits are about ten. Random weights grow by every residual block, to millions in deep nets, and rounding with them.
  const largest = Math.max(...Array.from(ours, Math.abs));
  expect(worst).toBeLessThanOrEqual(1e-4 * Math.max(1, largest / 10));
};
