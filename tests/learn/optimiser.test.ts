import { describe, expect, it } from "vitest";
import { clipByGlobalNorm, type Optimiser, update } from "../../src/learn/optimiser.ts";
import { type Tensor, tf } from "../../src/tf/tf.ts";

/** Two steps of one optimiser from weight 1 with gradients 0.5 and -0.25, as numbers. */
const twoSteps = (optimiser: Optimiser, options = { decays: true, learningRateFactor: 1 }): number[] => {
  let weight: Tensor = tf.tensor1d([1]);
  let slots: Record<string, Tensor> = { velocity: tf.zeros([1]), mean: tf.zeros([1]), square: tf.zeros([1]) };
  return [0.5, -0.25].map((gradient, i) => {
    const next = update(optimiser, {
      ...{ gradient: tf.tensor1d([gradient]), weight, slots, options },
      ...{ learningRate: tf.scalar(0.1), stepNumber: tf.scalar(i + 1) },
    });
    weight = next.weight;
    slots = { ...slots, ...next.slots };
    return weight.dataSync()[0] as number;
  });
};
const close = (them: number[]) => them.map((it) => expect.closeTo(it, 5));

describe("one weight, two steps, by hand", () => {
  it("descends with momentum", () => {
    // v: 0.5, then 0.9·0.5 - 0.25 = 0.2
    expect(twoSteps({ kind: "sgd", momentum: 0.9 })).toEqual(close([0.95, 0.93]));
  });

  it("looks one step ahead with Nesterov's", () => {
    // directions: 0.5 + 0.9·0.5 = 0.95, then -0.25 + 0.9·0.2 = -0.07
    expect(twoSteps({ kind: "sgd", momentum: 0.9, nesterov: true })).toEqual(close([0.905, 0.912]));
  });

  it("decays what decays", () => {
    // first gradient 0.5 + 0.2·1 = 0.7; second -0.25 + 0.2·0.93 = -0.064, velocity 0.9·0.7 - 0.064 = 0.566
    expect(twoSteps({ kind: "sgd", momentum: 0.9, weightDecay: 0.2 })).toEqual(close([0.93, 0.8734]));
    const spared = { decays: false, learningRateFactor: 1 };
    expect(twoSteps({ kind: "sgd", momentum: 0.9, weightDecay: 0.2 }, spared)).toEqual(twoSteps({ kind: "sgd", momentum: 0.9 }));
  });

  it("lets one array learn faster than another", () => {
    expect(twoSteps({ kind: "sgd", momentum: 0 }, { decays: true, learningRateFactor: 4 })).toEqual(close([0.8, 0.9]));
  });

  it("takes AdamW's steps, whose size does not follow the gradient's", () => {
    // First: mean / √square is exactly sign(gradient). Second: mean 0.02/0.19, square (0.00024975 + 0.0000625)/0.001999
    const second = 0.02 / 0.19 / Math.sqrt((0.999 * 0.00025 + 0.001 * 0.0625) / (1 - 0.999 ** 2));
    expect(twoSteps({ kind: "adamw" })).toEqual(close([0.9, 0.9 - 0.1 * second]));
    expect(twoSteps({ kind: "adamw", weightDecay: 0.5 })[0]).toBeCloseTo(0.9 - 0.1 * 0.5, 5); // decoupled: not part of the gradient
  });

  it("shortens gradients together, and only those that are too long", () => {
    const long = clipByGlobalNorm({ a: tf.tensor1d([3]), b: tf.tensor1d([4]) }, 1);
    expect([...(long["a"]?.dataSync() ?? []), ...(long["b"]?.dataSync() ?? [])]).toEqual(close([0.6, 0.8]));
    expect(clipByGlobalNorm({ a: tf.tensor1d([0.3]) }, 1)["a"]?.dataSync()[0]).toBeCloseTo(0.3, 6);
  });
});
