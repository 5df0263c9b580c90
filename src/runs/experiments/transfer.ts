import { UserError } from "../../errors.ts";
import { bodyOfModel, computeFeatures } from "../../inference/features.ts";
import { transferredModel } from "../../inference/transferredModel.ts";
import type { Recipe } from "../../learn/fit.ts";
import { listParameters } from "../../nets/backends/describe.ts";
import { linear } from "../../nets/linear.ts";
import { macsOf, stepsWithin, TRAINING_PASSES } from "../budget.ts";
import type { Arm, Experiment, FeatureRows, Setting } from "../experiment.ts";
import { type OwnNetwork, ownNetwork } from "../ownNetwork.ts";
import { forPlainFeatures, measureStandardisation, type Standardisation, standardise } from "../standardise.ts";
import { plainAugmentation, trainingFor } from "../training.ts";
import { transferData } from "../transferData.ts";
import { transferFindings } from "../transferFindings.ts";

/**
 * A last layer of 1,000 features and 10 classes costs 30 thousand multiply-accumulates a picture, so its steps follow from what it needs
 * and not from the preset: after so many, AdamW under a cosine is where logistic regression ends (docs/LOG.md).
 */
const HEAD = { steps: 400, batch: 256, weightDecay: 0.1 } as const;
/** Few labels make short epochs, which small batches make the most of. */
const BATCH = 32;
const WEIGHT_DECAY = 0.05;
/**
 * Of the work, so much at most goes into looking at pictures once (nearly all where only a last layer learns, which costs nothing), and so
 * much of what is left into measuring the networks.
 */
const LOOKING_SHARE = { head: 0.95, finetune: 0, both: 0.4 } as const;
const MEASURING_SHARE = 0.25;
/** However large a model is, it looks at so many pictures: nothing can be learned from fewer. */
const LEAST_LOOKED = 64;
/** What a model is taken to cost whose work could not be counted: a ResNet-18. */
const UNKNOWN_MACS = 1.8e9;
/** From so many labels a class on, the network that learned everything is the one to keep. */
const MANY_LABELS = 30;

const adamw = (learningRate: number, steps: number, weightDecay: number): Omit<Recipe, "seed"> => ({
  steps,
  optimiser: { kind: "adamw", weightDecay },
  schedule: { kind: "cosine", learningRate, warmupShare: 0.05 },
});

/** Steps of fine-tuning for each number of labels: more for more labels, as their square root; all of it within the work. */
const tuningSteps = (counts: readonly number[], { work, macs }: { work: number; macs: number }): number[] => {
  const roots = counts.map(Math.sqrt);
  const sum = roots.reduce((a, b) => a + b, 0);
  return roots.map((it) => stepsWithin((work * it) / sum, TRAINING_PASSES * macs, BATCH));
};

/** Everything before the new layers learns at a rate of its own, or not at all. */
const groupsFor = ({ net, backbone }: OwnNetwork, classes: number, { lr, backboneLr }: { lr: number; backboneLr: number }) => {
  const drawn = listParameters(net, { classes }).filter(({ name }) => !(name in backbone));
  const layers = [...new Set(drawn.map(({ name }) => name.slice(0, name.lastIndexOf("/"))))];
  const rest = backboneLr === 0 ? { prefix: "", frozen: true as const } : { prefix: "", learningRateFactor: backboneLr / lr };
  return [...layers.map((prefix) => ({ prefix })), rest];
};

/**
 * A model that knows other pictures is taught these, for each number of labels: `head`, a new last layer on features that are computed
 * once; `finetune`, everything at two learning rates; `scratch`, the same network, pictures and steps from the beginning.
 */
export const transfer = (setting: Setting<"transfer">): Experiment => {
  const { spec, models, work, signal, onPictures } = setting;
  const { model } = models;
  if (!model) throw new Error("Expected the file of the model");
  const { name, macs = UNKNOWN_MACS } = model.card;
  const body = bodyOfModel(model);
  const hasHead = spec.mode !== "finetune";
  const own = spec.mode === "head" ? undefined : ownNetwork(model);
  if (spec.mode !== "head" && own?.net.size !== setting.dataset.size) throw new UserError("only_head", { name, mode: spec.mode });

  const looking = LOOKING_SHARE[spec.mode] * work * spec.seeds;
  const networks = own ? 2 * Math.max(1, spec.labels.length) : 0;
  const {
    dataset: plain,
    validation,
    counts,
    labelled,
  } = transferData(setting, {
    looked: hasHead ? Math.max(LEAST_LOOKED, Math.floor(looking / macs)) : Number.POSITIVE_INFINITY,
    measured: own ? Math.floor((MEASURING_SHARE * work) / (networks * macs)) : Number.POSITIVE_INFINITY,
  });
  // What was learned from pictures normalised in one way goes on learning from pictures normalised so.
  const { mean, std, scale, order } = model.card.preprocessing;
  const dataset = own ? { ...plain, normalisation: { mean, std, scale, order } } : plain;
  const classes = dataset.classes.length;
  const most = counts.at(-1) as number;

  const looked = hasHead ? (macs * (dataset.train.count + dataset.test.count)) / spec.seeds : 0;
  const each = ((1 - MEASURING_SHARE) * Math.max(0, work - looked)) / 2;
  const steps = own ? tuningSteps(counts, { work: each, macs: macsOf(own.net, classes) }) : counts.map(() => 0);
  const batchOf = (pictures: Uint32Array) => Math.min(BATCH, pictures.length);

  let features: Promise<{ rows: FeatureRows; standardisation: Standardisation }> | undefined;
  const look = async () => {
    const [train, test] = [dataset.train, dataset.test];
    const of = train.count + test.count;
    const indices = (count: number) => Uint32Array.from({ length: count }, (_, i) => i);
    const rowsOf = ({ pixels, count }: typeof train, before: number) => {
      const report = (done: number) => onPictures?.(before + done, of);
      return computeFeatures(body, { pixels, size: dataset.size, indices: indices(count) }, { signal, report });
    };
    const [learned, tested] = [await rowsOf(train, 0), await rowsOf(test, train.count)];
    const { width } = learned;
    const standardisation = measureStandardisation(learned.values, width);
    const standard = (values: Float32Array) => standardise(values, standardisation);
    return { rows: { width, train: standard(learned.values), test: standard(tested.values) }, standardisation };
  };

  const headArm = async (pictures: Uint32Array, count: number, seed: number): Promise<Arm> => {
    features ??= look();
    const { rows } = await features;
    return {
      ...{ name: `head@${count}`, seed, net: linear(rows.width), task: { kind: "supervised" } },
      data: { pictures, augment: {}, batch: HEAD.batch, features: rows },
      recipe: adamw(spec.lr, HEAD.steps, HEAD.weightDecay),
    };
  };
  const networkArms = (own: OwnNetwork, pictures: Uint32Array, count: number, seed: number, steps: number): Arm[] => {
    const batch = batchOf(pictures);
    const common = {
      net: own.net,
      seed,
      task: { kind: "supervised" },
      data: { pictures, augment: plainAugmentation, batch },
    } as const;
    return [
      {
        ...{ ...common, name: `finetune@${count}`, init: own.backbone },
        recipe: { ...adamw(spec.lr, steps, WEIGHT_DECAY), groups: groupsFor(own, classes, spec) },
      },
      { ...common, name: `scratch@${count}`, recipe: trainingFor(own.net, { steps, batch }) },
    ];
  };

  return {
    steps: counts.reduce((sum, _, i) => sum + (hasHead ? HEAD.steps : 0) + (own ? 2 * (steps[i] as number) : 0), 0),
    armCount: counts.length * ((hasHead ? 1 : 0) + (own ? 2 : 0)),
    within: { dataset, validation },
    control: own ? `scratch@${most}` : null,
    main: spec.mode === "head" || (hasHead && most < MANY_LABELS) ? `head@${most}` : `finetune@${most}`,
    arms: async (seed, done) => {
      if (done.length > 0) return [];
      const arms = counts.map(async (count, i) => {
        const pictures = labelled(count, seed);
        const tuned = own ? networkArms(own, pictures, count, seed, steps[i] as number) : [];
        return hasHead ? [await headArm(pictures, count, seed), ...tuned] : tuned;
      });
      return (await Promise.all(arms)).flat();
    },
    findings: (results, _, lang) => transferFindings(counts, results, lang),
    exportModel: async ({ arm, weights }, { name: called, lineage, metrics }) => {
      if (!arm.data.features || !features) return undefined; // the network is one of ours
      const { standardisation, rows } = await features;
      const [kernel, bias] = [weights["head/kernel"] as Float32Array, weights["head/bias"] as Float32Array];
      const layer = forPlainFeatures({ width: rows.width, kernel, bias }, standardisation);
      return transferredModel(body, {
        ...{ ...layer, name: called, classes: [...dataset.classes], metrics },
        lineage: { dataset: dataset.name, model: name, ...lineage },
      });
    },
  };
};
