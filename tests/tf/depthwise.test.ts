import { describe, expect, it } from "vitest";
import { convolve } from "../../src/tf/convolve.ts";
import { installedEngine } from "../../src/tf/engine.ts";
import { record } from "../../src/tf/record.ts";
import { type Tensor, tf } from "../../src/tf/tf.ts";
import type { Convolution } from "../helpers/convolutionErrors.ts";
import { examineConvolution } from "../helpers/convolutionExam.ts";

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

  examineConvolution(convolutions, { batch: 5, side: 12, inputs: 32, kernel: 3, pads: [1, 1], stride: 2 });

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
