import { existsSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { openCheckpoints } from "../../src/blobs/checkpoints.ts";
import type { LabelledPicture } from "../../src/data/dataSource.ts";
import type { Dataset } from "../../src/data/dataset.ts";
import { datasets } from "../../src/data/index.ts";
import { pictureRows } from "../../src/data/rows.ts";
import { drawShapes } from "../../src/data/shapes/index.ts";
import { splitValidation } from "../../src/data/split.ts";
import { encodeJpeg } from "../../src/images/encode.ts";
import { solidImage } from "../../src/images/image.ts";
import { evaluateNetwork } from "../../src/learn/evaluate.ts";
import { readCard } from "../../src/models/cardMetadata.ts";
import { readWeights } from "../../src/nets/backends/onnx.ts";
import { findNet } from "../../src/nets/index.ts";
import type { Net } from "../../src/nets/net.ts";
import { readModel } from "../../src/onnx/file.ts";
import { exportModel } from "../../src/runs/export.ts";
import { findLearningRate } from "../../src/runs/findLearningRate.ts";
import type { ModelRecipe } from "../../src/runs/recipe.ts";
import { armOfRecipe } from "../../src/runs/recipeArm.ts";
import { recipes } from "../../src/runs/recipes.ts";
import { type ArmEvent, type TrainArmOptions, trainArm } from "../../src/runs/trainArm.ts";
import { isNative } from "../../src/tf/native.ts";

const recipe: ModelRecipe = { ...(recipes["resnet8.cifar10"] as ModelRecipe), dataset: "shapes", epochs: 2, batch: 32 };

it("every recipe names a network and a data set that exist", () => {
  for (const [name, { net, dataset }] of Object.entries(recipes)) {
    expect(findNet(net)?.name, name).toBe(net);
    expect(Object.keys(datasets), name).toContain(dataset);
  }
});

type Evaluated = Extract<ArmEvent, { kind: "evaluation" }>;

/** Trains on so few shapes that it takes seconds, stopped dead after an epoch if so said; its `steps` and `epochs` are there also then. */
const trainBriefly = (
  recipe: ModelRecipe,
  published: Dataset,
  folder: string,
  { cutAfter, evaluateEvery = 1, ...more }: { cutAfter?: number; evaluateEvery?: number } & Partial<TrainArmOptions>,
) => {
  const [steps, epochs]: [number[], Evaluated[]] = [[], []];
  const { arm, dataset, validation, stepsPerEpoch } = armOfRecipe(recipe, published);
  const finish = async () => {
    const checkpoints = openCheckpoints(folder).of("recipe");
    const every = { saveEvery: 0, evaluateEvery: evaluateEvery * stepsPerEpoch };
    const run = trainArm(arm, { dataset, validation, checkpoints, name: "arm", ...every, ...more });
    for (;;) {
      const { done, value } = await run.next();
      if (done) return value.weights;
      if (value.kind === "eager") expect.fail(value.reason);
      if (value.kind === "step") steps.push(value.step);
      if (value.kind !== "evaluation") continue;
      epochs.push(value);
      if (epochs.length === cutAfter) return run.return(undefined as never).then(() => undefined);
    }
  };
  return { steps, epochs, weights: finish(), arm, dataset, stepsPerEpoch };
};

describe.skipIf(!isNative())("training a recipe (needs native TensorFlow)", () => {
  it("ends early when nothing gets better, with the best weights, also after a cut", async () => {
    const dataset = drawShapes({ train: 600, test: 10 });
    const folder = await mkdtemp(join(tmpdir(), "peerlab-recipe-"));
    const run = async (name: string, cut: { cutAfter?: number } = {}) => {
      const { epochs, weights } = trainBriefly({ ...recipe, epochs: 20 }, dataset, join(folder, name), { patience: 1, ...cut });
      return { weights: await weights, epochs };
    };
    const whole = await run("whole");
    const scores = whole.epochs.map((it) => it.evaluation.accuracy);
    // Every evaluation but the last was better than all before it: sixty images cannot get better twenty times.
    expect(scores.length).toBeLessThan(20);
    expect(scores.length).toBeGreaterThan(2); // else there is nothing to cut
    expect(scores.slice(0, -1)).toEqual([...new Set(scores.slice(0, -1))].sort((a, b) => a - b));
    expect(scores.at(-1)).toBeLessThanOrEqual(scores.at(-2) as number);

    const cut = await run("cut", { cutAfter: scores.length - 1 });
    expect(cut.weights).toBeUndefined();
    const rest = await run("cut");
    expect(rest.epochs.at(-1)).toMatchObject({ step: 16 * scores.length, evaluation: { accuracy: scores.at(-1) } });
    expect(rest.weights).toEqual(whole.weights);

    const net = findNet("resnet8") as Net;
    const { validation } = splitValidation(dataset.train, 32);
    const rows = pictureRows(validation, 32, dataset.normalisation);
    expect(evaluateNetwork(net, 10, whole.weights ?? {}, rows).accuracy).toBe(scores.at(-2));
  }, 180_000);

  it("finds a learning rate for a recipe", async () => {
    const { arm, dataset } = armOfRecipe(recipe, drawShapes({ train: 250, test: 10 }));
    const { points, suggestion } = await findLearningRate(arm, { dataset });
    expect(points.length).toBeGreaterThan(20);
    expect(suggestion).toBeGreaterThan(1e-4);
    expect(suggestion).toBeLessThan(5);
  }, 120_000);

  it("goes on after a cut and ends with the same weights, which the model file then holds", async () => {
    const dataset = drawShapes({ train: 250, test: 60 });
    const folder = await mkdtemp(join(tmpdir(), "peerlab-recipe-"));
    const run = async (name: string, cut: { cutAfter?: number } = {}) => {
      const { weights, ...told } = trainBriefly(recipe, dataset, join(folder, name), cut);
      return { ...told, weights: (await weights) ?? {} };
    };
    const whole = await run("whole");
    await run("cut", { cutAfter: 1 });
    const rest = await run("cut");
    expect(whole.epochs.map((it) => it.step)).toEqual([7, 14]);
    expect(rest.steps).toEqual([7, 8, 9, 10, 11, 12, 13, 14]); // stopped at the evaluation of step 7, saved after step 6
    expect(rest.epochs.at(-1)?.evaluation).toEqual(whole.epochs.at(-1)?.evaluation);
    expect(rest.epochs.at(-1)?.step).toBe(14); // 225 images to train on are 7 batches of 32
    for (const [name, values] of Object.entries(whole.weights))
      expect(Buffer.from(values.buffer).equals(Buffer.from(rest.weights[name]?.buffer as ArrayBuffer)), name).toBe(true);

    const { bytes, evaluation } = await exportModel(
      { name: "shapes-resnet8", net: whole.arm.net, dataset, weights: whole.weights, lineage: { method: "scratch", seed: 1 } },
      dataset,
      { views: "mirror" },
    );
    const card = readCard(readModel(bytes));
    expect(evaluation.loss).not.toBe(evaluation.oneView.loss);
    expect(card?.metrics?.["accuracy"]).toBe(evaluation.oneView.accuracy);
    expect(evaluation.total).toBe(60);
    expect(evaluation.confusion.flat().reduce((sum, it) => sum + it, 0)).toBe(60);
    expect(card?.lineage).toMatchObject({ dataset: "shapes", method: "scratch", net: "resnet8", seed: 1 });
    const kernel = readWeights(bytes).get("stem/conv/kernel")?.data ?? [];
    expect(Math.max(...kernel.map((it, i) => Math.abs(it - (whole.weights["stem/conv/kernel"]?.[i] as number))))).toBeLessThan(
      1e-3,
    );
  }, 120_000);

  const photos = resolve(import.meta.dirname, "../../../shared/data/imagenette-mini");
  it.skipIf(!existsSync(photos))(
    "learns from 600 photos in folders, evaluated on a tenth of them (needs imagenette-mini)",
    async () => {
      const dataset = await datasets.folder({ root: photos, size: 32 });
      const path = join(await mkdtemp(join(tmpdir(), "peerlab-recipe-")), "folder");
      const run = trainBriefly({ ...recipe, dataset: "folder", batch: 128, epochs: 12 }, dataset, path, {});
      await run.weights;
      const last = run.epochs.at(-1);
      expect(last?.step).toBe(48); // 540 images to train on are 4 batches of 128
      expect(last?.evaluation?.total).toBe(60);
      expect(last?.evaluation?.confusion.map((row) => row.reduce((sum, it) => sum + it, 0))).toEqual(Array(10).fill(6));
      expect(last?.loss).toBeLessThan((run.epochs[0]?.loss as number) - 0.2);
    },
    120_000,
  );

  it.each([
    ["two of each class, with none to spare for validation", 2, 0],
    ["five of each class, one of each for validation", 5, 2],
  ])(
    "learns from a group's uploads: %s",
    async (_, count, validation) => {
      const files = new Map<string, Uint8Array>();
      const labelled: LabelledPicture[] = [];
      for (const [label, colour] of Object.entries({ red: [200, 20, 20], blue: [20, 20, 200] } as const))
        for (let i = 0; i < count; i++) {
          files.set(`${label}${i}`, await encodeJpeg(solidImage(40 + i, 40, colour)));
          labelled.push({ blob: `${label}${i}`, label });
        }
      const read = async (blob: string) => files.get(blob) as Uint8Array;
      const dataset = await datasets.uploads({ root: "", size: 32, labelled, read });
      const path = join(await mkdtemp(join(tmpdir(), "peerlab-recipe-")), "uploads");
      const uploads: ModelRecipe = { ...recipe, dataset: "uploads", batch: 128, epochs: 100 };
      const run = trainBriefly(uploads, dataset, path, { evaluateEvery: 10 });
      const { evaluation } = await exportModel(
        { name: "uploads", net: run.arm.net, dataset, weights: (await run.weights) ?? {}, lineage: {} },
        dataset,
      );
      expect(run.epochs.at(-1)?.evaluation.total).toBe(validation || 2); // the test pictures, where none can be spared
      expect(run.epochs.at(-1)?.loss).toBeLessThan(run.epochs[0]?.loss as number);
      expect(evaluation).toMatchObject({ correct: 2, total: 2 }); // red is not blue
    },
    60_000,
  );
});
