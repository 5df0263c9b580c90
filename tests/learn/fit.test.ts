import { describe, expect, it } from "vitest";
import { rowsOf } from "../../src/data/rows.ts";
import { evaluateNetwork } from "../../src/learn/evaluate.ts";
import { Diverged, type FitOptions, type StepResult, fit as train } from "../../src/learn/fit.ts";
import { isNative } from "../../src/tf/native.ts";
import { tf } from "../../src/tf/tf.ts";
import { tinyNet } from "../helpers/tinyNet.ts";
import { noise } from "../helpers/training.ts";

const tiny = tinyNet();

const run = (steps: number, more: Partial<FitOptions> = {}) =>
  train({
    net: tiny,
    classes: 10,
    recipe: {
      steps,
      seed: 1,
      optimiser: { kind: "sgd", momentum: 0.9, nesterov: true },
      schedule: { kind: "cosine", learningRate: 0.3 },
      average: { kind: "lookahead", every: 5 },
    },
    task: { kind: "supervised" },
    source: noise(32, 8),
    ...more,
  });

const finish = async (steps: Awaited<ReturnType<typeof run>>) => {
  for (let it = await steps.next(); ; it = await steps.next()) if (it.done) return it.value;
};

describe("training", () => {
  it("learns what there is to learn", async () => {
    const losses: number[] = [];
    const { x, y } = noise(200, 8).next(99_999) as Record<"x" | "y", Float32Array>;
    const labels = Array.from({ length: 200 }, (_, i) => y.subarray(i * 10, i * 10 + 10).indexOf(1));
    let accuracy = 0;
    for await (const { step, steps, loss, weights } of run(300)) {
      losses.push(loss);
      if (step === steps) accuracy = evaluateNetwork(tiny, 10, weights, rowsOf(x, [8, 8, 3], labels)).accuracy;
    }
    expect(losses[0]).toBeGreaterThan(2);
    expect(losses.at(-1)).toBeLessThan(1);
    expect(accuracy).toBeGreaterThan(0.6); // guessing: 0.1
  });

  it("is the same for the same seed, dropout included, and another for another", async () => {
    const recipe = {
      steps: 6,
      optimiser: { kind: "adamw", weightDecay: 0.01 },
      schedule: { kind: "constant", learningRate: 0.01 },
    } as const;
    const [one, same, other] = [
      await finish(run(6, { recipe: { ...recipe, seed: 3 } })),
      await finish(run(6, { recipe: { ...recipe, seed: 3 } })),
      await finish(run(6, { recipe: { ...recipe, seed: 4 } })),
    ];
    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it("stops when it is told to, between two steps", async () => {
    const stop = new AbortController();
    const steps: number[] = [];
    const cut = (async () => {
      for await (const { step } of run(50, { signal: stop.signal })) if (steps.push(step) === 3) stop.abort(new Error("enough"));
    })();
    await expect(cut).rejects.toThrow("enough");
    expect(steps).toEqual([1, 2, 3]);
  });

  it("goes on from nobody else's checkpoint, and gives no snapshot of a step that is past", async () => {
    const first = run(4);
    const { value } = (await first.next()) as IteratorYieldResult<StepResult>;
    const resume = value.snapshot();
    await first.next();
    expect(() => value.snapshot()).toThrow("after step 2");
    await first.return({});
    await expect(finish(run(5, { resume }))).rejects.toThrow("another run's");
    await expect(finish(run(4, { resume, identity: "other data" }))).rejects.toThrow("another run's");
    await finish(run(4, { resume }));
  });

  it("says that a learning rate is too high rather than going on with nonsense", async () => {
    const recipe = {
      steps: 50,
      seed: 1,
      optimiser: { kind: "sgd", momentum: 0.9 },
      schedule: { kind: "constant", learningRate: 1e30 },
    } as const;
    await expect(finish(run(50, { recipe }))).rejects.toThrow(Diverged);
  });

  it.skipIf(!isNative())("leaks nothing in 1,000 steps (needs native TensorFlow)", { timeout: 120_000 }, async () => {
    const before = tf.memory().numTensors;
    const seen: { tensors: number; rssMb: number }[] = [];
    for await (const { step } of run(1000))
      if (step % 100 === 0) seen.push({ tensors: tf.memory().numTensors, rssMb: process.memoryUsage().rss / 1e6 });
    expect(new Set(seen.map((it) => it.tensors)).size).toBe(1);
    expect(tf.memory().numTensors).toBe(before);
    // The first hundreds fill TensorFlow's and JavaScript's own pools.
    expect((seen.at(-1)?.rssMb ?? 0) - (seen[4]?.rssMb ?? 0)).toBeLessThan(30);
  });
});
