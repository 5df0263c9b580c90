import { describe, expect, it } from "vitest";
import { convolve } from "../../src/tf/convolve.ts";
import { installedEngine } from "../../src/tf/engine.ts";
import { record } from "../../src/tf/record.ts";
import { type Tensor, tf } from "../../src/tf/tf.ts";
import { type Convolution, convolutionErrors } from "../helpers/convolutionErrors.ts";
import { errorsHeldTo, noErrors } from "../helpers/heldTo.ts";

const padded = (...pads: [number, number]) => ({ height: pads, width: pads });

// Both kernels and strides, odd sides and even, padding on one side only, wider than a picture, and no multiple of 16 channels; the last two are
// TensorFlow's own.
const convolutions: readonly Convolution[] = (
  [
    [2, 8, 16, 3, [1, 1], 1],
    [3, 9, 48, 3, [1, 1], 2],
    [2, 10, 24, 3, [1, 1], 2],
    [2, 7, 32, 3, [0, 1], 2],
    [2, 6, 8, 3, [0, 0], 1],
    [2, 11, 40, 5, [2, 2], 1],
    [2, 12, 16, 5, [2, 2], 2],
    [2, 13, 16, 5, [1, 2], 2],
    [3, 2, 16, 5, [2, 2], 1],
    [2, 1, 16, 3, [1, 1], 2],
    [2, 9, 16, 3, [1, 1], 3],
    [2, 8, 12, 3, [1, 1], 1],
    [2, 9, 16, 7, [3, 3], 2],
  ] as const
).map(([batch, side, inputs, kernel, pads, stride]) => ({ batch, side, inputs, kernel, pads, stride }));

describe("depthwise convolution", () => {
  it("counts, with filters and inputs of ones, the pixels in reach, of every other pixel with a stride of 2", () => {
    const ones = (stride: number) => convolve(tf.ones([1, 5, 5, 8]), tf.ones([3, 3, 8, 1]), stride, padded(1, 1), true);
    const channel = (y: Tensor, side: number) => [
      ...tf.reshape(tf.slice(y, [0, 0, 0, 3], [1, side, side, 1]), [side * side]).dataSync(),
    ];
    expect(channel(ones(1), 5)).toEqual([[4, 6, 6, 6, 4], ...Array(3).fill([6, 9, 9, 9, 6]), [4, 6, 6, 6, 4]].flat());
    expect(channel(ones(2), 3)).toEqual([4, 6, 4, 6, 9, 6, 4, 6, 4]);
  });

  it.each(
    convolutions,
  )("agrees with TensorFlow's, and so do its gradients: side $side, $inputs channels, kernel $kernel, pads $pads, stride $stride", (it) => {
    expect(convolutionErrors(it)).toEqual(noErrors);
  });

  it.each(["SSE41", "AVX2"])("does so with %s", async (instructions) => {
    expect(await errorsHeldTo(instructions, convolutions)).toEqual(convolutions.map(() => noErrors));
  });

  it("gives a picture the same bits in any batch, and a filter's gradient the same bits every time", () => {
    const [x, w] = [tf.randomNormal([5, 12, 12, 32], 0, 1, "float32", 1), tf.randomNormal([3, 3, 32, 1], 0, 1, "float32", 2)];
    const y = convolve(x, w, 2, padded(1, 1), true);
    const alone = convolve(tf.slice(x, [3], [1]), w, 2, padded(1, 1), true);
    expect(alone.dataSync()).toEqual(tf.slice(y, [3], [1]).dataSync());
    const gradient = tf.grad((w) => convolve(x, w as Tensor, 2, padded(1, 1), true));
    expect(gradient(w).dataSync()).toEqual(gradient(w).dataSync());
  });

  it("learns nothing from no pictures", () => {
    const gradient = tf.grad((w) => convolve(tf.zeros([0, 8, 8, 16]), w as Tensor, 1, padded(1, 1), true))(
      tf.ones([3, 3, 16, 1]),
    );
    expect(gradient.dataSync().every((it) => it === 0)).toBe(true);
  });

  it.each([
    [3, 16, "PeerlabDepthwise"],
    [5, 16, "PeerlabDepthwise"],
    [7, 16, "DepthwiseConv2dNative"],
    [3, 12, "DepthwiseConv2dNative"],
  ] as const)("takes for filters of %i and %i channels %s, where the binding of TensorFlow was linked here", (kernel, channels, operation) => {
    const [x, w] = [tf.zeros([1, 8, 8, channels]), tf.zeros([kernel, kernel, channels, 1])];
    const side = (kernel - 1) / 2;
    const { nodes } = record(
      [x, w],
      () => convolve(x, w, 2, padded(side, side), true),
      (it) => [it],
    );
    expect(nodes.map((it) => it.op)).toContain(installedEngine().way === "linked" ? operation : "DepthwiseConv2dNative");
  });
});
