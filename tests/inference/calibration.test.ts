import { expect, it } from "vitest";
import { calibrationOf } from "../../src/inference/calibration.ts";
import { highestLoss } from "../../src/inference/highestLoss.ts";

/** Logits of two classes whose first has this probability. */
const logitsOf = (...probabilities: number[]) =>
  Float32Array.from(probabilities.flatMap((it) => [Math.log(it), Math.log(1 - it)]));

it("counts pictures by how sure the model was, and how often it was right", () => {
  // Confidences 0.95 (right), 0.95 (wrong), 0.75 (right; the second class), 0.55 (wrong).
  const { bins, error, overconfidence } = calibrationOf(logitsOf(0.95, 0.95, 0.25, 0.55), [0, 1, 1, 1], 2);
  const filled = bins.filter(({ count }) => count > 0);
  expect(filled.map((it) => [it.from, it.to, it.count, it.accuracy])).toEqual([
    [0.5, 0.6, 1, 0],
    [0.7, 0.8, 1, 1],
    [0.9, 1, 2, 0.5],
  ]);
  for (const [i, confidence] of [0.55, 0.75, 0.95].entries()) expect(filled[i]?.confidence).toBeCloseTo(confidence, 6);
  // (0.55 + |0.75 - 1| + 2 · |0.95 - 0.5|) / 4, and (0.55 - 0.25 + 0.9) / 4
  expect(error).toBeCloseTo(0.425, 6);
  expect(overconfidence).toBeCloseTo(0.3, 6);
});

it("a model that is always right and always sure is calibrated; of no pictures nothing is said", () => {
  const { error, bins } = calibrationOf(Float32Array.of(90, 0, 0, 90), [0, 1], 2);
  expect([error, bins.at(-1)]).toEqual([0, { from: 0.9, to: 1, count: 2, confidence: 1, accuracy: 1 }]);
  expect(calibrationOf(new Float32Array(), [], 2)).toMatchObject({ error: 0, overconfidence: 0 });
});

it("the pictures with the highest loss come first, with what was said of them", () => {
  const hard = highestLoss(logitsOf(0.9, 0.2, 0.4, 0.99), [0, 0, 0, 1], 2, 3);
  expect(hard.map((it) => [it.index, it.actual, it.predicted])).toEqual([
    [3, 1, 0],
    [1, 0, 1],
    [2, 0, 1],
  ]);
  for (const [i, [probability, loss]] of [
    [0.99, -Math.log(0.01)],
    [0.8, -Math.log(0.2)],
    [0.6, -Math.log(0.4)],
  ].entries()) {
    expect(hard[i]?.probability).toBeCloseTo(probability as number, 5);
    expect(hard[i]?.loss).toBeCloseTo(loss as number, 4);
  }
});
