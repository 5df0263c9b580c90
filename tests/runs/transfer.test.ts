import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Dataset, selectImages } from "../../src/data/dataset.ts";
import { drawShapes } from "../../src/data/shapes/index.ts";
import { splitIndices } from "../../src/data/split.ts";
import { evaluateModel } from "../../src/inference/evaluate.ts";
import { inspect } from "../../src/inference/inspect.ts";
import type { Card } from "../../src/models/card.ts";
import { readCard } from "../../src/models/cardMetadata.ts";
import { readWeights } from "../../src/nets/backends/onnx.ts";
import { readModel } from "../../src/onnx/file.ts";
import type { ArmResult, Experiment, Setting } from "../../src/runs/experiment.ts";
import { transfer } from "../../src/runs/experiments/transfer.ts";
import type { LabelCounts } from "../../src/runs/kinds/transfer.ts";
import { ownNetwork } from "../../src/runs/ownNetwork.ts";
import { summarise } from "../../src/runs/summarise.ts";
import { conduct } from "../helpers/experiments.ts";
import { modelOf, node, SIDE } from "../helpers/onnxModels.ts";

const bytes = readFileSync("models/resnet8.cifar10.onnx");
const resnet8 = { bytes, card: readCard(readModel(bytes)) as Card, blob: "a".repeat(64) };
/** The same file as a peer would bring it: nothing is believed of where it comes from. */
const foreign = { ...resnet8, card: { ...resnet8.card, name: "theirs", lineage: {} } };

/** Two shapes, so many pictures of each to learn from and five times as many to test with. */
const twoShapes = (perClass: number): Dataset => {
  const all = drawShapes({ train: 60 * perClass, test: 500 });
  const pick = (images: Dataset["train"], most: number) => {
    const counts = [0, 0];
    const indices = Array.from(images.labels.keys()).filter((i) => {
      const label = images.labels[i] as number;
      return label < 2 && (counts[label] as number)++ < most;
    });
    return selectImages(images, all.size, indices);
  };
  return {
    ...all,
    name: "uploads",
    classes: all.classes.slice(0, 2),
    train: pick(all.train, perClass),
    test: pick(all.test, 50),
  };
};

const eightOfEach = twoShapes(8);

type Spec = Setting<"transfer">["spec"];
const settingOf = (spec: Partial<Spec>, more: Partial<Setting<"transfer">> = {}): Setting<"transfer"> => {
  const dataset = more.dataset ?? eightOfEach;
  return {
    spec: {
      ...{ kind: "transfer", data: "uploads", preset: "taste", seed: 1, seeds: 1, model: "resnet8.cifar10" },
      ...{ mode: "head", labels: [], lr: 0.01, backboneLr: 0.003, ...spec },
    },
    ...{ dataset, ...splitIndices(dataset.train), models: { model: resnet8 } },
    ...{ work: 1, signal: new AbortController().signal, ...more }, // so little work that arms take the fewest steps there are
  };
};

const runAll = async (setting: Setting<"transfer">, experiment: Experiment): Promise<readonly ArmResult[]> => {
  const seeds = Array.from({ length: setting.spec.seeds }, (_, i) => setting.spec.seed + i);
  return (await conduct(experiment, setting, { seeds }))?.results ?? [];
};

const mistakeOf = (make: () => unknown) => {
  try {
    make();
  } catch (error) {
    return (error as { mistake?: { code: string } }).mistake?.code;
  }
  return undefined;
};

describe("a transfer run", () => {
  it("makes a classifier of two classes out of eight pictures of each, which is as good as it says", {
    timeout: 30_000,
  }, async () => {
    const looked: number[] = [];
    const setting = settingOf({}, { work: 1e12, onPictures: (done) => looked.push(done) });
    const experiment = transfer(setting);
    const begun = performance.now();
    const results = await runAll(setting, experiment);
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(results.map(({ arm }) => arm.name)).toEqual(["head@8"]);
    expect(experiment).toMatchObject({ control: null, main: "head@8", steps: 400 });
    expect(looked.at(-1)).toBe(16 + 100);
    const [result] = results as [ArmResult];
    expect(result.test.accuracy).toBeGreaterThan(0.7);
    expect(result.trainAccuracy).toBe(1);

    const about = { name: "ours", lineage: { method: "transfer" }, metrics: { accuracy: result.test.accuracy } };
    const made = await experiment.exportModel?.(result, about);
    if (!made) throw new Error("Expected a file");
    const { card } = made;
    expect(card).toMatchObject({ name: "ours", classes: setting.dataset.classes, lineage: { model: "resnet8.cifar10" } });
    const { preprocessing: normalisation, classes } = card;
    const again = await evaluateModel(made.bytes, setting.dataset.test, { size: 32, classes, normalisation });
    expect(again.accuracy).toBeCloseTo(result.test.accuracy, 5);
    expect(again.loss).toBeCloseTo(result.test.loss, 3);
    expect(await inspect(made.bytes, { name: "ours", file: "ours.onnx" })).toMatchObject({ params: card.params, classes });
  });

  it("compares three approaches for each number of labels", async () => {
    const experiment = transfer(settingOf({ mode: "both", labels: [2, 4] }));
    expect(experiment).toMatchObject({ control: "scratch@4", main: "head@4" });
    const arms = await experiment.arms(1, []);
    expect(arms.map((it) => it.name)).toEqual(["head@2", "finetune@2", "scratch@2", "head@4", "finetune@4", "scratch@4"]);
    expect(arms.reduce((sum, it) => sum + it.recipe.steps, 0)).toBe(experiment.steps);
    const [, tuned, control] = arms;
    expect(control).toMatchObject({ net: tuned?.net, seed: tuned?.seed, data: tuned?.data });
    expect(control?.recipe.steps).toBe(tuned?.recipe.steps);
    expect(control?.init).toBeUndefined();
  });

  it("says how accurate each approach was, the mean over the seeds", { timeout: 30_000 }, async () => {
    const setting = settingOf({ labels: [2, 4], seeds: 2 });
    const experiment = transfer(setting);
    const results = await runAll(setting, experiment);
    expect(results).toHaveLength(4);
    const report = summarise(setting.spec, experiment, results, { seconds: 1, stopped: false, resumed: false });
    const found = await experiment.findings?.(results, report, "ko");
    const counts = found?.fields["counts"] as LabelCounts;
    expect(counts.map((it) => it.labels)).toEqual([2, 4]);
    const heads = results.filter(({ arm }) => arm.name === "head@4").map(({ test }) => test.accuracy);
    expect(heads).toHaveLength(2);
    expect(counts[1]?.head).toBeCloseTo(((heads[0] as number) + (heads[1] as number)) / 2, 10);
    expect(found?.pictures?.[0]?.alt).toContain("마지막 레이어만 2: ");
  });

  it("with a frozen backbone moves nothing but the last layer, batch norm's averages included", { timeout: 60_000 }, async () => {
    const setting = settingOf({ mode: "finetune", backboneLr: 0 });
    const experiment = transfer(setting);
    const arms: Experiment["arms"] = async (seed, done) => (await experiment.arms(seed, done)).slice(0, 1);
    const [tuned] = await runAll(setting, { ...experiment, arms });
    expect(tuned?.arm.name).toBe("finetune@8");
    const before = readWeights(bytes);
    const moved = Object.entries(tuned?.weights ?? {}).filter(([name, values]) => {
      const old = before.get(name)?.data;
      return !old || values.length !== old.length || values.some((it, i) => it !== old[i]);
    });
    expect(moved.map(([name]) => name).sort()).toEqual(["head/bias", "head/kernel"]);
  });

  it("learns from pictures normalised as the model's were, and exports the network so", async () => {
    const { mean, std } = resnet8.card.preprocessing;
    expect(transfer(settingOf({ mode: "both" })).within?.dataset.normalisation).toMatchObject({ mean, std });
  });
});

describe("a model that cannot be taught so", () => {
  it("was trained elsewhere: only a new last layer", () => {
    for (const mode of ["finetune", "both"] as const)
      expect(mistakeOf(() => transfer(settingOf({ mode }, { models: { model: foreign } })))).toBe("only_head");
    expect(mistakeOf(() => transfer(settingOf({}, { models: { model: foreign } })))).toBeUndefined();
    const other = { ...resnet8, card: { ...resnet8.card, lineage: { net: "resnet20" } } };
    expect(ownNetwork(other)).toBeUndefined();
  });

  it("has no dense layer at its end", () => {
    const pooled = modelOf({
      node: [node("GlobalAveragePool", ["picture"], ["pooled"]), node("Flatten", ["pooled"], ["scores"])],
    });
    const card: Card = {
      ...{ ...resnet8.card, name: "pooled" },
      ...{ input: { name: "picture", layout: "NCHW", height: SIDE, width: SIDE }, output: { name: "scores", kind: "logits" } },
    };
    expect(mistakeOf(() => transfer(settingOf({}, { models: { model: { ...foreign, bytes: pooled, card } } })))).toBe(
      "no_dense_head",
    );
  });

  it("is stopped while it looks at pictures", async () => {
    const stop = new AbortController();
    const setting = settingOf({}, { signal: stop.signal, work: 1e12, onPictures: () => stop.abort(new Error("enough")) });
    await expect(transfer(setting).arms(1, [])).rejects.toThrow("enough");
  });
});
