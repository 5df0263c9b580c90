import { describe, expect, it } from "vitest";
import { convolve } from "../../src/tf/convolve.ts";
import { installedEngine } from "../../src/tf/engine.ts";
import { record } from "../../src/tf/record.ts";
import { type Tensor, tf } from "../../src/tf/tf.ts";
import { type Convolution, convolutionErrors } from "../helpers/convolutionErrors.ts";
import { errorsHeldTo, noErrors } from "../helpers/heldTo.ts";

const one = { height: [1, 1], width: [1, 1] } as const;

// Whole tiles and parts of them, one lot of tiles and several, few channels and many, no multiple of 16, both kernels, padded and not.
const convolutions: readonly Convolution[] = (
  [
    [2, 8, 16, 16, 3, 1],
    [9, 15, 24, 64, 3, 1],
    [5, 7, 64, 256, 3, 1],
    [3, 3, 128, 32, 3, 1],
    [7, 11, 48, 80, 3, 1],
    [3, 10, 32, 48, 3, 0],
    [4, 16, 32, 64, 5, 2],
    [2, 13, 8, 40, 5, 0],
  ] as const
).map(([batch, side, inputs, outputs, kernel, pad]) => ({ batch, side, inputs, outputs, kernel, pads: [pad, pad], stride: 1 }));

describe("convolution by minimal filtering", () => {
  it("counts, with filters and inputs of ones, the pixels in reach: 9 inside, 6 at an edge, 4 in a corner", () => {
    const y = convolve(tf.ones([1, 5, 5, 8]), tf.mul(tf.ones([3, 3, 8, 8]), 1 / 8), 1, one);
    const channel = [...tf.reshape(tf.slice(y, [0, 0, 0, 3], [1, 5, 5, 1]), [25]).dataSync()].map(Math.round);
    expect(channel).toEqual([[4, 6, 6, 6, 4], ...Array(3).fill([6, 9, 9, 9, 6]), [4, 6, 6, 6, 4]].flat());
  });

  it.each(
    convolutions,
  )("agrees with the direct sum, and so do its gradients: $batch pictures of $side, $inputs to $outputs channels", (it) => {
    expect(convolutionErrors(it)).toEqual(noErrors);
  });

  it.each(["SSE41", "AVX2"])("does so with %s", async (instructions) => {
    expect(await errorsHeldTo(instructions, convolutions)).toEqual(convolutions.map(() => noErrors));
  });

  it("gives a picture the same bits in any batch, and a filter's gradient the same bits every time", () => {
    const [x, w] = [tf.randomNormal([5, 12, 12, 32], 0, 1, "float32", 1), tf.randomNormal([3, 3, 32, 32], 0, 1, "float32", 2)];
    const y = convolve(x, w, 1, one);
    const alone = convolve(tf.slice(x, [3], [1]), w, 1, one);
    expect(alone.dataSync()).toEqual(tf.slice(y, [3], [1]).dataSync());
    const gradient = () =>
      tf
        .grad((w) => convolve(x, w as Tensor, 1, one))(w)
        .dataSync();
    expect(gradient()).toEqual(gradient());
  });

  it("learns nothing from no pictures", () => {
    const gradient = tf.grad((w) => convolve(tf.zeros([0, 8, 8, 16]), w as Tensor, 1, one))(tf.ones([3, 3, 16, 16]));
    expect(gradient.dataSync().every((it) => it === 0)).toBe(true);
  });

  it.each([
    [3, 1, "PeerlabConv2D"],
    [5, 1, "PeerlabConv2D"],
    [3, 2, "Conv2D"],
  ] as const)("is taken for filters of %i with stride %i: %s, where the binding of TensorFlow was linked here", (kernel, stride, operation) => {
    const padding = [(kernel - 1) / 2, (kernel - 1) / 2] as const;
    const [x, w] = [tf.zeros([1, 8, 8, 16]), tf.zeros([kernel, kernel, 16, 16])];
    const { nodes } = record(
      [x, w],
      () => convolve(x, w, stride, { height: padding, width: padding }),
      (it) => [it],
    );
    const expected = installedEngine().way === "linked" ? operation : "Conv2D";
    expect(nodes.map((it) => it.op)).toContain(expected);
  });
});
