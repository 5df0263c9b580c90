import { describe, expect, it } from "vitest";
import { drawShapes } from "../../src/data/shapes/index.ts";
import { splitIndices } from "../../src/data/split.ts";
import type { Card } from "../../src/models/card.ts";
import { describe as walk } from "../../src/nets/backends/describe.ts";
import { armCost, stepCost, TEACHER_COST } from "../../src/runs/budget.ts";
import type { Setting } from "../../src/runs/experiment.ts";
import { lesson } from "../../src/runs/experiments/lesson.ts";
import { lessons } from "../../src/runs/experiments/lessons/index.ts";
import { noisyTargets } from "../../src/runs/experiments/lessons/labelNoise.ts";
import { reductions } from "../../src/runs/experiments/lessons/oneByOne.ts";
import { compare, type Outcomes } from "../../src/runs/experiments/lessons/outcomes.ts";
import { drawSkewed, isBright, isLitAsTaught } from "../../src/runs/experiments/lessons/skew.ts";
import { type LessonTopic, lessonTopics } from "../../src/runs/kinds/lesson.ts";
import { type PresetName, presetNames, workOf } from "../../src/runs/presets.ts";
import { languages } from "../../src/text.ts";

const dataset = drawShapes({ train: 400, test: 80 });
const { train, validation } = splitIndices(dataset.train);
const card = { name: "teacher.shapes", classes: [...dataset.classes], macs: 40_000_000 } as unknown as Card;

const settingOf = (topic: LessonTopic, preset: PresetName = "lesson"): Setting<"lesson"> => ({
  spec: { kind: "lesson", topic, preset, data: "shapes", seed: 1, seeds: 1 },
  ...{ dataset, train, validation },
  models: { teacher: { card, blob: "b".repeat(64), bytes: new Uint8Array() } },
  work: workOf(preset),
  signal: new AbortController().signal,
});

const topicsAndPresets = lessonTopics.flatMap((topic) => presetNames.map((preset) => [topic, preset] as const));

describe.each(topicsAndPresets)("the lesson %s, %s", (topic, preset) => {
  const setting = settingOf(topic, preset);

  it("trains all arms alike: seed, steps, pictures a step and recipe, and names its control among them", async () => {
    const experiment = await lesson(setting);
    const arms = await experiment.arms(5, []);
    const names = arms.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(1);
    for (const name of [experiment.control, experiment.main]) expect(names).toContain(name);
    expect(experiment.control).not.toBe(experiment.main);
    expect(new Set(arms.map(({ seed }) => seed))).toEqual(new Set([5]));
    expect(new Set(arms.map(({ recipe }) => JSON.stringify(recipe))).size).toBe(1);
    expect(new Set(arms.map(({ data }) => data.batch)).size).toBe(1);
    expect(new Set(arms.map(({ data }) => data.pictures.length)).size).toBe(1);
    expect(experiment.steps).toBe(arms.length * (arms[0]?.recipe.steps ?? 0));
    for (const { data, net } of arms) {
      expect([...data.pictures].every((index) => train.includes(index))).toBe(true);
      expect(net.size).toBe(dataset.size);
    }
  });

  it("does no more than its preset allows, yet enough to learn something, and is done after its arms", async () => {
    const experiment = await lesson(setting);
    const arms = await experiment.arms(1, []);
    const costs = arms.map(({ net, recipe, data }) => recipe.steps * stepCost(net, 10, data.batch) + armCost(net, setting));
    // A teacher looks twice at each picture, for all arms together.
    const taught = arms.find(({ data }) => data.teacher)?.data.pictures.length ?? 0;
    costs.push(2 * taught * TEACHER_COST * (card.macs ?? 0));
    expect(costs.reduce((sum, it) => sum + it, 0)).toBeLessThanOrEqual(workOf(preset));
    expect(arms[0]?.recipe.steps).toBeGreaterThan(60);
    expect(await experiment.arms(1, arms.map((arm) => ({ arm })) as never)).toEqual([]);
  });

  it("has the same arms for every seed, apart from which pictures they get", async () => {
    const experiment = await lesson(setting);
    const [one, two] = await Promise.all([1, 2].map((seed) => experiment.arms(seed, [])));
    const shape = (arms: typeof one) => arms?.map(({ name, net, recipe }) => [name, net.name, recipe]);
    expect(shape(one)).toEqual(shape(two));
    const again = await experiment.arms(1, []);
    expect(again.map(({ data }) => data)).toEqual(one?.map(({ data }) => data));
  });
});

describe("what is compared", () => {
  const netsOf = async (topic: LessonTopic, preset: PresetName = "lesson") => {
    const arms = await (await lesson(settingOf(topic, preset))).arms(1, []);
    return Object.fromEntries(arms.map(({ name, net }) => [name, walk(net)]));
  };

  it("scaling: four networks of equal cost, eight times that of the small one, within a tenth", async () => {
    const { base, ...grown } = await netsOf("scaling");
    for (const [name, { macs }] of Object.entries(grown)) {
      expect(macs / ((base?.macs ?? 0) * 8), name).toBeGreaterThan(0.9);
      expect(macs / ((base?.macs ?? 0) * 8), name).toBeLessThan(1.1);
    }
    const costs = Object.values(grown).map(({ macs }) => macs);
    expect(Math.max(...costs) / Math.min(...costs)).toBeLessThan(1.1);
  });

  it("scaling: a taste leaves depth out, and says so", async () => {
    expect(Object.keys(await netsOf("scaling", "taste"))).toEqual(["base", "width", "resolution", "compound"]);
    expect((await lessons.scaling(settingOf("scaling", "taste"))).counted?.en).toContain("left out");
    expect((await lessons.scaling(settingOf("scaling"))).counted).toBeUndefined();
  });

  it.each(presetNames)("dense, %s: two networks of equal cost, within a tenth", async (preset) => {
    const [residual, dense] = Object.values(await netsOf("dense", preset));
    expect((dense?.macs ?? 0) / (residual?.macs ?? 1)).toBeCloseTo(1, 1);
  });

  it.each(presetNames)("degradation, %s: pairs of one depth that differ in nothing that costs", async (preset) => {
    const [shallow, deep, residualShallow, residualDeep] = Object.values(await netsOf("degradation", preset));
    expect([residualShallow?.macs, residualDeep?.macs]).toEqual([shallow?.macs, deep?.macs]);
    expect([residualShallow?.parameters, residualDeep?.parameters]).toEqual([shallow?.parameters, deep?.parameters]);
    expect(deep?.macs ?? 0).toBeGreaterThan(2 * (shallow?.macs ?? 0));
  });

  it("one-by-one: the paper's branch as worked out by hand, 112.9 against 1.5 + 3.8 million", () => {
    const [branch, whole, small] = reductions();
    expect(branch?.without).toBe(14 * 14 * 5 * 5 * 480 * 48);
    expect(branch?.with).toBe(14 * 14 * 480 * 16 + 14 * 14 * 5 * 5 * 16 * 48);
    for (const it of [whole, small]) expect(it?.without).toBeGreaterThan(2 * (it?.with ?? 0));
  });

  it("temperature: only the students have the teacher, each at a temperature of its own", async () => {
    const arms = await (await lesson(settingOf("temperature"))).arms(1, []);
    const said = arms.map(({ task, data }) => [task.kind === "distill" ? task.temperature : null, data.teacher !== undefined]);
    expect(said).toEqual([
      [null, false],
      [1, true],
      [2, true],
      [4, true],
      [8, true],
    ]);
  });
});

describe("wrong labels", () => {
  const labels = dataset.train.labels;
  const pictures = train.subarray(0, 200);
  const said = (wrong: number, seed = 3) => {
    const targets = noisyTargets(dataset.train, pictures, { classes: 10, wrong, seed });
    return [...pictures].map((index) => {
      const row = [...targets.subarray(index * 10, (index + 1) * 10)];
      expect(row.reduce((sum, it) => sum + it, 0)).toBe(1);
      return row.indexOf(1);
    });
  };
  const isWrong = (wrong: number) => said(wrong).map((label, i) => label !== labels[pictures[i] as number]);

  it("are as many as asked for, and none of them happens to be right", () => {
    for (const wrong of [0, 0.2, 0.4]) expect(isWrong(wrong).filter(Boolean)).toHaveLength(200 * wrong);
  });

  it("at a smaller share are wrong at a larger one too, in the same way", () => {
    const [some, many] = [said(0.2), said(0.4)];
    isWrong(0.2).forEach((wrong, i) => {
      if (wrong) expect(many[i]).toBe(some[i]);
    });
  });

  it("say every other class about as often, and depend on the seed", () => {
    const counts = new Set(said(0.4));
    expect(counts.size).toBe(10);
    expect(said(0.4, 3)).toEqual(said(0.4, 3));
    expect(said(0.4, 4)).not.toEqual(said(0.4, 3));
  });
});

describe("the skewed sample", () => {
  const brightness = (index: number) => {
    const length = 32 * 32 * 3;
    const bytes = dataset.train.pixels.subarray(index * length, (index + 1) * length);
    return bytes.reduce((sum, it) => sum + it, 0) / length;
  };
  const labelled = (indices: Uint32Array, label: number) => [...indices].filter((it) => dataset.train.labels[it] === label);

  it("has as many of each class as its control, no picture twice", () => {
    const { skewed, balanced } = drawSkewed(dataset, train, 1);
    for (const sample of [skewed, balanced]) expect(new Set(sample).size).toBe(sample.length);
    for (let label = 0; label < 10; label++) expect(labelled(skewed, label)).toHaveLength(labelled(balanced, label).length);
  });

  it("has only the brighter half of every second class, and the darker half of the others", () => {
    const { skewed } = drawSkewed(dataset, train, 1);
    for (let label = 0; label < 10; label++) {
      const taken = labelled(skewed, label).map(brightness);
      const left = labelled(train, label)
        .filter((it) => !skewed.includes(it))
        .map(brightness);
      if (isBright(label)) expect(Math.min(...taken)).toBeGreaterThanOrEqual(Math.max(...left));
      else expect(Math.max(...taken)).toBeLessThanOrEqual(Math.min(...left));
    }
  });

  it("splits the test pictures about in half by how they are lit", () => {
    const taught = isLitAsTaught(dataset).filter(Boolean).length;
    expect(taught / dataset.test.count).toBeGreaterThan(0.4);
    expect(taught / dataset.test.count).toBeLessThan(0.65);
  });
});

/** Accuracies on test and own pictures in the place of a training's. */
const outcomes = (values: Readonly<Record<string, readonly [accuracy: number, trainAccuracy: number]>>): Outcomes =>
  Object.fromEntries(
    Object.entries(values).map(([name, [accuracy, trainAccuracy]]) => [
      name,
      { accuracy: { mean: accuracy, std: 0, n: 1 }, trainAccuracy: { mean: trainAccuracy, std: 0, n: 1 } },
    ]),
  );

describe("what differs by chance", () => {
  it("is a point and a half with one seed, and the spread with several", () => {
    const one = (mean: number) => ({ mean, std: 0, n: 1 });
    expect([compare(one(0.61), one(0.6)), compare(one(0.62), one(0.6)), compare(one(0.6), one(0.62))]).toEqual([0, 1, -1]);
    const three = (mean: number, std: number) => ({ mean, std, n: 3 });
    expect(compare(three(0.61, 0.002), three(0.6, 0.002))).toBe(1);
    expect(compare(three(0.62, 0.03), three(0.6, 0.002))).toBe(0);
    expect(compare(three(0.604, 0), three(0.6, 0))).toBe(0);
  });
});

/** Results as the textbook has them, and results that contradict it; and what the sentence then has to say. */
const cases: Readonly<Record<LessonTopic, readonly [Parameters<typeof outcomes>[0], RegExp][]>> = {
  degradation: [
    [
      { "plain20-16px": [0.6, 0.67], "plain56-16px": [0.5, 0.59], "resnet20a-16px": [0.6, 0.69], "resnet56a-16px": [0.62, 0.71] },
      /plain56-16px ends at 41\.0 % training error, plain20-16px at 33\.0 %; with shortcuts it is 29\.0 % against 31\.0 %: .*as in the paper/,
    ],
    [
      { "plain20-16px": [0.6, 0.6], "plain56-16px": [0.6, 0.65], "resnet20a-16px": [0.6, 0.6], "resnet56a-16px": [0.6, 0.6] },
      /the deeper plain network is not worse here/,
    ],
    [
      { "plain20-16px": [0.6, 0.6], "plain56-16px": [0.3, 0.3], "resnet20a-16px": [0.6, 0.6], "resnet56a-16px": [0.5, 0.5] },
      /deeper was worse both times, by 30\.0 points without shortcuts and 10\.0 with them/,
    ],
    [
      { "plain20-16px": [0.6, 0.6], "plain56-16px": [0.3, 0.3], "resnet20a-16px": [0.6, 0.6], "resnet56a-16px": [0.6, 0.6] },
      /depth hurt the plain network alone/,
    ],
  ],
  temperature: [
    [
      { "no teacher": [0.6, 0.7], "T = 1": [0.61, 0.7], "T = 2": [0.63, 0.7], "T = 4": [0.65, 0.7], "T = 8": [0.6, 0.7] },
      /at T = 4 \(65\.0 %\).*a teacher is worth 5\.0 points at the right temperature/,
    ],
    [
      { "no teacher": [0.7, 0.7], "T = 1": [0.61, 0.7], "T = 2": [0.6, 0.7], "T = 4": [0.6, 0.7], "T = 8": [0.5, 0.7] },
      /behind the one that had only labels/,
    ],
    [
      { "no teacher": [0.6, 0.7], "T = 1": [0.6, 0.7], "T = 2": [0.6, 0.7], "T = 4": [0.61, 0.7], "T = 8": [0.6, 0.7] },
      /within chance/,
    ],
  ],
  "one-by-one": [
    [{ "googlenet-mini-no-reduction": [0.6, 0.6], "googlenet-mini": [0.6, 0.6] }, /the saving was free/],
    [{ "googlenet-mini-no-reduction": [0.7, 0.6], "googlenet-mini": [0.6, 0.6] }, /the saving cost 10\.0 points/],
    [{ "googlenet-mini-no-reduction": [0.6, 0.6], "googlenet-mini": [0.65, 0.6] }, /even helped by 5\.0 points/],
  ],
  auxiliary: [
    [{ "googlenet-mini-no-aux": [0.6, 0.6], "googlenet-mini": [0.65, 0.6] }, /worth 5\.0 points/],
    [{ "googlenet-mini-no-aux": [0.65, 0.6], "googlenet-mini": [0.6, 0.6] }, /here they cost 5\.0 points/],
    [{ "googlenet-mini-no-aux": [0.6, 0.6], "googlenet-mini": [0.6, 0.6] }, /no difference beyond chance/],
  ],
  squeeze: [
    [{ resnet8: [0.6, 0.6], "se-resnet8": [0.65, 0.6] }, /5\.0 points for almost no computing/],
    [{ resnet8: [0.65, 0.6], "se-resnet8": [0.6, 0.6] }, /here it cost 5\.0 points/],
  ],
  dense: [
    [{ resnet20: [0.6, 0.6], "densenet-mini": [0.65, 0.6] }, /worth 5\.0 points over adding them up/],
    [{ resnet20: [0.65, 0.6], "densenet-mini": [0.6, 0.6] }, /residual network is 5\.0 points ahead/],
  ],
  scaling: [
    [
      { base: [0.4, 0.4], depth: [0.5, 0.5], width: [0.55, 0.5], resolution: [0.52, 0.5], compound: [0.6, 0.6] },
      /Made 8 times as costly.*from 40\.0 % to: width 55\.0 %, resolution 52\.0 %, depth 50\.0 %.*5\.0 points better than the best single one/,
    ],
    [
      { base: [0.4, 0.4], depth: [0.5, 0.5], width: [0.55, 0.5], resolution: [0.65, 0.5], compound: [0.6, 0.6] },
      /here resolution alone is 5\.0 points better/,
    ],
  ],
  augmentation: [
    [
      { "no augmentation": [0.5, 0.99], "flip + crop": [0.6, 0.8], RandAugment: [0.58, 0.7], CutMix: [0.55, 0.6] },
      /with flip \+ crop, the best here.*10\.0 points on new pictures/,
    ],
    [
      { "no augmentation": [0.5, 0.6], "flip + crop": [0.4, 0.4], RandAugment: [0.3, 0.3], CutMix: [0.35, 0.3] },
      /every augmentation costs accuracy, 10\.0 points at least/,
    ],
  ],
  bias: [
    [
      { balanced: [0.6, 0.7], skewed: [0.5, 0.8] },
      /80\.0 % of its own pictures but 50\.0 %.*light instead of the thing, 10\.0 points lost/,
    ],
    [{ balanced: [0.6, 0.7], skewed: [0.7, 0.8] }, /the skewed sample did better/],
    [{ balanced: [0.6, 0.7], skewed: [0.6, 0.8] }, /no harm beyond chance/],
  ],
  "label-noise": [
    [
      { "0 % wrong": [0.6, 1], "20 % wrong": [0.5, 0.98], "40 % wrong": [0.35, 0.95] },
      /learned by heart as well as right ones, and cost 25\.0 points/,
    ],
    [{ "0 % wrong": [0.6, 0.7], "20 % wrong": [0.5, 0.6], "40 % wrong": [0.4, 0.45] }, /no time yet to learn them by heart/],
    [{ "0 % wrong": [0.6, 0.7], "20 % wrong": [0.6, 0.6], "40 % wrong": [0.6, 0.45] }, /no visible harm/],
  ],
};

describe.each(lessonTopics)("the finding of %s", (topic) => {
  it.each(cases[topic])("of %j", async (values, said) => {
    const plan = await lessons[topic](settingOf(topic));
    const finding = plan.find(outcomes(values), []);
    expect(finding.en).toMatch(said);
    for (const lang of languages) expect(finding[lang]).not.toMatch(/NaN|undefined|Infinity/);
    expect(finding.ko).toMatch(/요\.$/);
  });

  it("says so where nothing was learned, and where the run was stopped before every arm had its turn", async () => {
    const setting = settingOf(topic);
    const experiment = await lesson(setting);
    const arms = await experiment.arms(1, []);
    const plan = await lessons[topic](setting);
    const { tooShort } = await import("../../src/runs/experiments/lessons/tooShort.ts");
    const guessing = outcomes(Object.fromEntries(arms.map(({ name }) => [name, [0.1, 0.11]])));
    const names = arms.map(({ name }) => name);
    expect(tooShort(guessing, names, 0.1)?.en).toMatch(/no arm got clearly beyond guessing/);
    const { [plan.control]: _, ...partial } = guessing;
    expect(tooShort(partial, names, 0.1)?.en).toMatch(/stopped before every arm/);
    const { [plan.main]: main } = guessing;
    const learned = { ...guessing, [plan.main]: { ...main, trainAccuracy: { mean: 0.3, std: 0, n: 1 } } } as Outcomes;
    expect(tooShort(learned, names, 0.1)).toBeUndefined();
  });
});
