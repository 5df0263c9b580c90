import { describe, expect, it } from "vitest";
import { tryOnce } from "../../../src/inference/session.ts";
import { read } from "../../../src/nets/backends/tf.ts";
import { nets } from "../../../src/nets/index.ts";
import { isNative } from "../../../src/tf/native.ts";
import { tf } from "../../../src/tf/tf.ts";
import { exported, noise } from "../../helpers/exported.ts";

const CLASSES = 10;
/** Every network for small pictures, and the first (the smallest) of each family's large ones. */
const judged = nets.filter((it) => it.size <= 32 || it === nets.find(({ family, size }) => family === it.family && size > 32));

/** The exported model is the trained one by construction; here both run on the same picture. */
describe.skipIf(!isNative())("TensorFlow and ONNX Runtime say the same (needs native TensorFlow)", () => {
  it.each(judged.map((it) => [it.name, it] as const))("%s", async (_, net) => {
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
  });
});
