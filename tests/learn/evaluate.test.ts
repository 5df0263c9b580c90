import { describe, expect, it } from "vitest";
import { normaliseImages } from "../../src/data/dataset.ts";
import { pictureRows, rowsOf } from "../../src/data/rows.ts";
import { drawShapes } from "../../src/data/shapes/index.ts";
import { evaluateNetwork, predictLogits } from "../../src/learn/evaluate.ts";
import { fit as startRun } from "../../src/learn/fit.ts";
import { listParameters } from "../../src/nets/backends/describe.ts";
import { linear } from "../../src/nets/linear.ts";
import { tf } from "../../src/tf/tf.ts";
import { namedNet } from "../helpers/exported.ts";
import { randomWeights } from "../helpers/randomWeights.ts";

describe("evaluating a network", () => {
  it("reads its rows a few at a time, gives each its logits, and leaves nothing in TensorFlow", () => {
    const net = namedNet("resnet8");
    const weights = Object.fromEntries(
      [...randomWeights(listParameters(net, { classes: 10 }))].map(([name, { data }]) => [name, data]),
    );
    const { train: images, normalisation } = drawShapes({ train: 260, test: 10 });
    const backwards = Uint32Array.from({ length: 260 }, (_, i) => 259 - i);
    const rows = pictureRows(images, 32, normalisation, backwards);
    const asked: [number, number][] = [];
    const watched = {
      ...rows,
      write: (from: number, count: number, to: Float32Array) => {
        asked.push([from, count]);
        rows.write(from, count, to);
      },
    };
    const before = tf.memory().numTensors;
    const { logits, ...evaluation } = evaluateNetwork(net, 10, weights, watched);
    expect(tf.memory().numTensors).toBe(before);
    expect(Math.max(...asked.map(([, count]) => count))).toBeLessThanOrEqual(100);
    expect(asked).toContainEqual([200, 60]);
    expect(evaluation.total).toBe(260);

    // The same pictures from memory, in their own order.
    const forwards = rowsOf(normaliseImages(images, normalisation), [32, 32, 3], images.labels);
    const again = predictLogits(net, 10, weights, { ...forwards, count: 260 });
    for (const i of [0, 9, 10, 259])
      expect([...logits.subarray((259 - i) * 10, (260 - i) * 10)]).toEqual(
        [...again.subarray(i * 10, i * 10 + 10)].map((it) => expect.closeTo(it, 4)),
      );
    expect(evaluateNetwork(net, 10, weights, forwards).correct).toBe(evaluation.correct);
    expect(() => predictLogits(net, 10, {}, { ...forwards, count: 260 })).toThrow("There are no weights for");
  });
});

describe("a last layer alone", () => {
  it("is fed features, learns them, and is evaluated on them", async () => {
    const net = linear(4);
    expect(listParameters(net, { classes: 3 }).map(({ name, shape }) => [name, shape])).toEqual([
      ["head/kernel", [4, 3]],
      ["head/bias", [3]],
    ]);
    // Class k has its feature k; the fourth is noise.
    const labels = Array.from({ length: 30 }, (_, i) => i % 3);
    const x = Float32Array.from({ length: 120 }, (_, i) =>
      i % 4 === 3 ? (i % 7) / 7 : Number(labels[Math.floor(i / 4)] === i % 4),
    );
    const y = Float32Array.from({ length: 90 }, (_, i) => Number(labels[Math.floor(i / 3)] === i % 3));
    const run = startRun({
      ...{ net, classes: 3, task: { kind: "supervised" } },
      source: { batch: 30, shapes: { x: [4], y: [3] }, next: () => ({ x, y }) },
      recipe: {
        steps: 40,
        seed: 1,
        optimiser: { kind: "sgd", momentum: 0.9 },
        schedule: { kind: "constant", learningRate: 0.5 },
      },
    });
    let end = await run.next();
    while (!end.done) end = await run.next();
    expect(evaluateNetwork(net, 3, end.value, rowsOf(x, [4], labels)).accuracy).toBe(1);
  });
});
