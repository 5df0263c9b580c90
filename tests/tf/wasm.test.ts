import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf } from "../../src/data/rows.ts";
import { evaluateNetwork } from "../../src/learn/evaluate.ts";
import { type Recipe, fit as train } from "../../src/learn/fit.ts";
import { findNet } from "../../src/nets/index.ts";
import type { Net } from "../../src/nets/net.ts";
import { gelu, relu, swish } from "../../src/tf/activations.ts";
import { convolve } from "../../src/tf/convolve.ts";
import { batchNorm, maxPool } from "../../src/tf/kernels.ts";
import { isNative } from "../../src/tf/native.ts";
import { type Tensor, tf } from "../../src/tf/tf.ts";
import { useWasm } from "../../src/tf/wasm.ts";
import { noiseForTasks, taskExamples } from "../helpers/taskExamples.ts";
import { tinyNet } from "../helpers/tinyNet.ts";
import { noise } from "../helpers/training.ts";
import { expectToLearn, sameBatch } from "../helpers/wasmTraining.ts";

const before = tf.getBackend();
beforeAll(() => useWasm(tf));
afterAll(() => tf.setBackend(before));

/** Change of a scalar function along each of a few coordinates, by central differences. */
const slopes = (f: (x: Tensor) => Tensor, x: Tensor, at: readonly number[]): number[] => {
  const values = x.dataSync();
  const h = 1e-2;
  return at.map((i) => {
    const moved = (by: number) =>
      tf.tidy(
        () => f(tf.tensor(values.map((it, j) => (j === i ? it + by : it)) as Float32Array, x.shape)).dataSync()[0] as number,
      );
    return (moved(h) - moved(-h)) / (2 * h);
  });
};

const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed);
/** A scalar whose gradient is not the same everywhere. */
const weighed = (y: Tensor): Tensor => tf.sum(tf.mul(y, normal(y.shape, 99)));
const close = (them: number[]) => them.map((it) => expect.closeTo(it, 1));

describe("gradients on WASM against differences", () => {
  const x = normal([2, 9, 8, 4], 1);
  const some = [0, 17, 101, 250, 575];
  const cases = [
    { about: "3x3", kernel: [3, 3, 4, 6], stride: 1, pads: [1, 1], depthwise: false },
    { about: "3x3 with stride 2, padded at the end only", kernel: [3, 3, 4, 6], stride: 2, pads: [0, 1], depthwise: false },
    {
      about: "5x5 with stride 3, windows that miss the last pixels",
      kernel: [5, 5, 4, 2],
      stride: 3,
      pads: [0, 0],
      depthwise: false,
    },
    { about: "1x1 with stride 2", kernel: [1, 1, 4, 8], stride: 2, pads: [0, 0], depthwise: false },
    { about: "depthwise 3x3", kernel: [3, 3, 4, 1], stride: 1, pads: [1, 1], depthwise: true },
    {
      about: "depthwise 5x5 with stride 2 and two filters a channel",
      kernel: [5, 5, 4, 2],
      stride: 2,
      pads: [1, 2],
      depthwise: true,
    },
  ];

  it.each(cases)("$about", ({ kernel, stride, pads: [first = 0, last = 0], depthwise }) => {
    expect(tf.getBackend()).toBe("wasm");
    const w = normal(kernel, 2);
    const pads = { height: [first, last], width: [first, last] } as const;
    const f = (x: Tensor, w: Tensor) => weighed(convolve(x, w, stride, pads, depthwise));
    const [dx, dw] = tf.grads((x: Tensor, w: Tensor) => f(x, w) as never)([x, w]) as [Tensor, Tensor];
    const [inX, inW] = [dx.dataSync(), dw.dataSync()];
    const few = [0, 3, Math.floor(w.size / 2), w.size - 1];
    expect(some.map((i) => inX[i])).toEqual(close(slopes((x) => f(x, w), x, some)));
    expect(few.map((i) => inW[i])).toEqual(close(slopes((w) => f(x, w), w, few)));
  });

  it.each([
    ["relu", relu],
    ["swish", swish],
    ["gelu", gelu],
    ["max pool", (x: Tensor) => maxPool(x, 3, 2)],
    [
      "batch norm",
      (x: Tensor) => {
        const one = (value: number) => tf.fill([4], value);
        return batchNorm(x, { gamma: one(1.5), beta: one(0.1), mean: one(0), variance: one(1) }, 0.9, 1e-5).y;
      },
    ],
  ])("%s", (_, f) => {
    const dx = tf
      .grad((x: Tensor) => weighed(f(x)) as never)(x)
      .dataSync();
    expect(some.map((i) => dx[i])).toEqual(close(slopes((x) => weighed(f(x)), x, some)));
  });
});

describe("training on WASM", () => {
  it("learns with resnet8, slowly, says so, and leaks nothing", () => expectToLearn("resnet8"), 120_000);

  it.skipIf(before !== "tensorflow")("computes what native TensorFlow computes (needs native TensorFlow)", async () => {
    const net = findNet("resnet8") as Net;
    const { x, y } = noise(8, 32).next(0) as Record<"x" | "y", Float32Array>;
    const labels = Array.from({ length: 8 }, (_, i) => y.subarray(i * 10, i * 10 + 10).indexOf(1));
    const recipe = {
      steps: 2,
      seed: 1,
      optimiser: { kind: "sgd", momentum: 0.9 },
      schedule: { kind: "constant", learningRate: 0.02 },
    } as const;
    const logits = async (backend: string) => {
      await tf.setBackend(backend);
      expect(isNative()).toBe(backend === "tensorflow");
      let last = new Float32Array();
      for await (const { weights } of train({ net, classes: 10, recipe, task: { kind: "supervised" }, source: sameBatch }))
        last = evaluateNetwork(net, 10, weights, rowsOf(x, [32, 32, 3], labels)).logits as Float32Array<ArrayBuffer>;
      return [...last];
    };
    const wasm = await logits("wasm");
    expect(wasm).toEqual((await logits("tensorflow")).map((it) => expect.closeTo(it, 2)));
    await tf.setBackend("wasm");
  });

  it.skipIf(before !== "tensorflow").each(taskExamples)(
    "computes in the task %s what native TensorFlow computes, and leaks nothing (needs native TensorFlow)",
    async (_, task) => {
      const net = tinyNet({ hasAuxiliary: true, dropout: 0 });
      const recipe: Recipe = {
        ...{ steps: 3, seed: 1, groups: [{ prefix: "stage1/norm", frozen: true }] },
        optimiser: { kind: "adamw" },
        schedule: { kind: "constant", learningRate: 1e-3 },
      };
      const losses = async (backend: string) => {
        await tf.setBackend(backend);
        const [found, tensors]: [number[], number[]] = [[], []];
        for await (const { losses } of train({ net, classes: 10, recipe, task, source: noiseForTasks(8, 8) })) {
          found.push(...Object.values(losses));
          tensors.push(tf.memory().numTensors);
        }
        expect(new Set(tensors).size).toBe(1);
        return found;
      };
      const wasm = await losses("wasm");
      const native = await losses("tensorflow");
      await tf.setBackend("wasm");
      expect(wasm).toEqual(native.map((it) => expect.closeTo(it, 2)));
    },
  );
});
