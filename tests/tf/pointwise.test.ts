import { describe, expect, it } from "vitest";
import { convolve } from "../../src/tf/convolve.ts";
import { installedEngine } from "../../src/tf/engine.ts";
import { record } from "../../src/tf/record.ts";
import { tf } from "../../src/tf/tf.ts";
import type { Convolution } from "../helpers/convolutionErrors.ts";
import { examineConvolution } from "../helpers/convolutionExam.ts";

const none = { height: [0, 0], width: [0, 0] } as const;

// Whole blocks of pixels and parts of them, fewer pixels than rows in registers, one vector of outputs, two, and two and a half; the last two are
// TensorFlow's own.
const convolutions: readonly Convolution[] = (
  [
    [2, 8, 16, 16, 1],
    [9, 15, 24, 64, 1],
    [5, 7, 64, 256, 1],
    [1, 1, 128, 32, 1],
    [3, 3, 48, 80, 1],
    [3, 10, 8, 40, 1],
    [4, 16, 96, 48, 1],
    [2, 9, 16, 32, 2],
    [2, 9, 12, 20, 1],
  ] as const
).map(([batch, side, inputs, outputs, stride]) => ({ batch, side, inputs, outputs, kernel: 1, pads: [0, 0], stride }));

describe("convolution of single pixels", () => {
  it("multiplies every pixel with the filters", () => {
    const x = tf
      .oneHot(tf.tensor1d([2, 0, 5, 7], "int32"), 8)
      .toFloat()
      .reshape([1, 2, 2, 8]);
    const w = tf.range(0, 64).reshape([1, 1, 8, 8]);
    const rows = (row: number) => Array.from({ length: 8 }, (_, it) => 8 * row + it);
    expect([...convolve(x, w, 1, none).dataSync()]).toEqual([2, 0, 5, 7].flatMap(rows));
  });

  examineConvolution(convolutions, { batch: 5, side: 7, inputs: 32, outputs: 48, kernel: 1, pads: [0, 0], stride: 1 });

  it.each([
    [1, 64, 128, "PeerlabPointwise"],
    [2, 64, 128, "Conv2D"],
    [1, 512, 512, "Conv2D"],
    [1, 12, 20, "Conv2D"],
  ] as const)("takes for stride %i and %i to %i channels %s, where the binding of TensorFlow was linked here", (stride, inputs, outputs, operation) => {
    const [x, w] = [tf.zeros([1, 4, 4, inputs]), tf.zeros([1, 1, inputs, outputs])];
    const { nodes } = record(
      [x, w],
      () => convolve(x, w, stride, none),
      (it) => [it],
    );
    expect(nodes.map((it) => it.op)).toContain(installedEngine().way === "linked" ? operation : "Conv2D");
  });
});
