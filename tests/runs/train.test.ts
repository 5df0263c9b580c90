import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Dataset, normalised } from "../../src/data/dataset.ts";
import { datasets } from "../../src/data/index.ts";
import { drawShapes } from "../../src/data/shapes/index.ts";
import { holdOut } from "../../src/data/split.ts";
import { evaluate } from "../../src/learn/evaluate.ts";
import { readCard } from "../../src/models/cardMetadata.ts";
import { listParameters } from "../../src/nets/backends/describe.ts";
import { readWeights } from "../../src/nets/backends/onnx.ts";
import { findNet } from "../../src/nets/index.ts";
import type { Net } from "../../src/nets/net.ts";
import { readModel } from "../../src/onnx/file.ts";
import { exportModel } from "../../src/runs/export.ts";
import { recipes } from "../../src/runs/index.ts";
import type { ModelRecipe } from "../../src/runs/recipe.ts";
import { type EarlyStop, findRecipeRate, type LogLine, train } from "../../src/runs/train.ts";
import { isNative } from "../../src/tf/native.ts";
import { tf } from "../../src/tf/tf.ts";

const recipe: ModelRecipe = { ...(recipes["resnet8.cifar10"] as ModelRecipe), dataset: "shapes", epochs: 2, batch: 32 };

it("every recipe names a network and a data set that exist", () => {
  for (const [name, { net, dataset }] of Object.entries(recipes)) {
    expect(findNet(net)?.name, name).toBe(net);
    expect(Object.keys(datasets), name).toContain(dataset);
  }
});

/** Trains on so few shapes that it takes seconds, cut off after an epoch if so said; what it logged is in `lines`, also after a cut. */
const trainBriefly = (
  recipe: ModelRecipe,
  dataset: Dataset,
  path: string,
  more: { cutAfter?: number; earlyStop?: EarlyStop },
) => {
  const lines: LogLine[] = [];
  const cut = new AbortController();
  const weights = train(recipe, dataset, {
    checkpoint: { path, every: 2 },
    judgeEvery: 1,
    heldOut: 60,
    log: (line) => {
      lines.push(line);
      if (line.epoch === more.cutAfter) cut.abort();
    },
    say: (note) => expect.fail(note),
    signal: cut.signal,
    ...more,
  });
  return { lines, weights };
};

describe.skipIf(!isNative())("training a recipe (needs native TensorFlow)", () => {
  it("ends early when nothing gets better, with the best weights, also after a cut", async () => {
    const dataset = drawShapes({ train: 250, test: 10 });
    const folder = await mkdtemp(join(tmpdir(), "peerlab-recipe-"));
    const run = async (name: string, earlier: readonly LogLine[], cut: { cutAfter?: number } = {}) => {
      const earlyStop = { rounds: 1, earlier };
      const { lines, weights } = trainBriefly({ ...recipe, epochs: 20 }, dataset, join(folder, name), { earlyStop, ...cut });
      return { weights: await weights.catch(() => undefined), lines };
    };
    const whole = await run("whole", []);
    const scores = whole.lines.map((it) => it.accuracy ?? Number.NaN);
    // Every judgement but the last was better than all before it: sixty pictures cannot get better twenty times.
    expect(scores.length).toBeLessThan(20);
    expect(scores.slice(0, -1)).toEqual([...new Set(scores.slice(0, -1))].sort((a, b) => a - b));
    expect(scores.at(-1)).toBeLessThanOrEqual(scores.at(-2) as number);

    const cut = await run("cut", [], { cutAfter: scores.length - 1 });
    expect(cut.weights).toBeUndefined();
    const rest = await run("cut", cut.lines);
    expect(rest.lines.at(-1)).toMatchObject({ epoch: scores.length, accuracy: scores.at(-1) });
    expect(rest.weights).toEqual(whole.weights);

    const net = findNet("resnet8") as Net;
    const { choose } = holdOut(dataset.train, 32, 60);
    const judged = { x: normalised(choose, dataset.normalisation), labels: choose.labels };
    const weights = Object.fromEntries(
      listParameters(net, { classes: 10 }).map(({ name, shape }) => [
        name,
        tf.tensor(whole.weights?.[name] as Float32Array, [...shape], "float32"),
      ]),
    );
    expect(evaluate(net, 10, weights, judged).accuracy).toBe(scores.at(-2));
  }, 180_000);

  it("searches the learning rate of a recipe", async () => {
    const { points, suggestion } = await findRecipeRate(recipe, drawShapes({ train: 250, test: 10 }), 60);
    expect(points.length).toBeGreaterThan(20);
    expect(suggestion).toBeGreaterThan(1e-4);
    expect(suggestion).toBeLessThan(5);
  }, 120_000);

  it("goes on after a cut and ends with the same weights, which the model file then holds", async () => {
    const dataset = drawShapes({ train: 250, test: 60 });
    const folder = await mkdtemp(join(tmpdir(), "peerlab-recipe-"));
    const run = async (name: string, cut: { cutAfter?: number } = {}) => {
      const { lines, weights } = trainBriefly(recipe, dataset, join(folder, name), cut);
      return { weights: await weights, lines };
    };
    const whole = await run("whole");
    await expect(run("cut", { cutAfter: 1 })).rejects.toThrow("aborted");
    const rest = await run("cut");
    expect(whole.lines.map((it) => it.epoch)).toEqual([1, 2]);
    expect(rest.lines.at(-1)?.accuracy).toBe(whole.lines.at(-1)?.accuracy);
    expect(rest.lines.at(-1)?.step).toBe(10);
    for (const [name, values] of Object.entries(whole.weights))
      expect(Buffer.from(values.buffer).equals(Buffer.from(rest.weights[name]?.buffer as ArrayBuffer)), name).toBe(true);

    const { bytes, judgement } = await exportModel("shapes-resnet8", recipe, dataset, whole.weights, {});
    const card = readCard(readModel(bytes));
    expect(card?.metrics?.["accuracy"]).toBe(judgement.accuracy);
    expect(judgement.total).toBe(60);
    expect(judgement.confusion.flat().reduce((sum, it) => sum + it, 0)).toBe(60);
    expect(card?.lineage).toMatchObject({ dataset: "shapes", method: "scratch", net: "resnet8", seed: 1, epochs: 2 });
    const kernel = readWeights(bytes).get("stem/conv/kernel")?.data ?? [];
    expect(Math.max(...kernel.map((it, i) => Math.abs(it - (whole.weights["stem/conv/kernel"]?.[i] as number))))).toBeLessThan(
      1e-3,
    );
  }, 120_000);
});
