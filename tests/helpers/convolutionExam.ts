import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { convolve } from "../../src/tf/convolve.ts";
import { type Tensor, tf } from "../../src/tf/tf.ts";
import { type Convolution, convolutionErrors } from "./convolutionErrors.ts";

/** Some 1e-5 of the largest value at most. */
const none = { output: expect.closeTo(0, 4), input: expect.closeTo(0, 4), filter: expect.closeTo(0, 4) };

/** What every convolution of ours promises: `convolutions` of all its kinds, and `one` whose bits are compared. */
export const examineConvolution = (convolutions: readonly Convolution[], one: Convolution): void => {
  it.each(
    convolutions,
  )("agrees with TensorFlow's, and so do its gradients: $batch pictures of $side, $inputs to $outputs channels, kernel $kernel, pads $pads, stride $stride", (it) => {
    expect(convolutionErrors(it)).toEqual(none);
  });

  it.each(["SSE41", "AVX2"])("does so in a process held to %s", async (instructions) => {
    const program = join(import.meta.dirname, "convolutionErrors.ts");
    const env = { ...process.env, ONEDNN_MAX_CPU_ISA: instructions };
    const { stdout } = await promisify(execFile)("npx", ["tsx", program, JSON.stringify(convolutions)], { env });
    expect(JSON.parse(stdout)).toEqual(convolutions.map(() => none));
  });

  const { batch, side, inputs, outputs, kernel, pads, stride } = one;
  const shape = [kernel, kernel, inputs, outputs ?? 1];
  const run = (x: Tensor, w: Tensor) => convolve(x, w, stride, { height: pads, width: pads }, outputs === undefined);

  it("gives a picture the same bits in any batch, and a filter's gradient the same bits every time", () => {
    const [x, w] = [tf.randomNormal([batch, side, side, inputs], 0, 1, "float32", 1), tf.randomNormal(shape, 0, 1, "float32", 2)];
    const alone = run(tf.slice(x, [batch - 1], [1]), w);
    expect(alone.dataSync()).toEqual(tf.slice(run(x, w), [batch - 1], [1]).dataSync());
    const gradient = tf.grad((w) => run(x, w as Tensor));
    expect(gradient(w).dataSync()).toEqual(gradient(w).dataSync());
  });

  it("learns nothing from no pictures", () => {
    const gradient = tf.grad((w) => run(tf.zeros([0, side, side, inputs]), w as Tensor))(tf.ones(shape));
    expect(gradient.dataSync().every((it) => it === 0)).toBe(true);
  });
};
