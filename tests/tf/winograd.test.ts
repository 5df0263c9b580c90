import { describe, expect, it } from "vitest";
import { convolve } from "../../src/tf/convolve.ts";
import { installedEngine } from "../../src/tf/engine.ts";
import { record } from "../../src/tf/record.ts";
import { tf } from "../../src/tf/tf.ts";
import type { Convolution } from "../helpers/convolutionErrors.ts";
import { examineConvolution } from "../helpers/convolutionExam.ts";

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

  examineConvolution(convolutions, { batch: 5, side: 12, inputs: 32, outputs: 32, kernel: 3, pads: [1, 1], stride: 1 });

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
