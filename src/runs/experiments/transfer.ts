import { UserError } from "../../errors.ts";
import { bodyOfModel } from "../../inference/features.ts";
import { transferredModel } from "../../inference/transferredModel.ts";
import { linear } from "../../nets/linear.ts";
import { beginningCost } from "../budget.ts";
import type { Arm, Experiment, Setting } from "../experiment.ts";
import { adamw, finetuned, fromScratch, tuningSteps } from "../fineTuning.ts";
import { ownNetwork } from "../ownNetwork.ts";
import { type StandardFeatures, standardFeatures } from "../standardFeatures.ts";
import { forPlainFeatures } from "../standardise.ts";
import { transferData } from "../transferData.ts";
import { transferFindings } from "../transferFindings.ts";

/**
 * A last layer of 1,000 features and 10 classes costs 30 thousand multiply-accumulates a picture, so its steps follow from what it needs
 * and not from the preset: after so many, AdamW under a cosine is where logistic regression ends (docs/LOG.md).
 */
const HEAD = { steps: 400, batch: 256, weightDecay: 0.1 } as const;
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

/**
 * A model that knows other pictures is taught these, for each number of labels: `head`, a new last layer on features that are computed
 * once; `finetune`, everything at two learning rates; `scratch`, the same network, pictures and steps from the beginning.
 */
export const transfer = (setting: Setting<"transfer">): Experiment => {
  const { spec, models, signal, onPictures } = setting;
  const { model } = models;
  if (!model) throw new Error("Expected the file of the model");
  const { name, macs = UNKNOWN_MACS } = model.card;
  const body = bodyOfModel(model);
  const hasHead = spec.mode !== "finetune";
  const own = spec.mode === "head" ? undefined : ownNetwork(model);
  if (spec.mode !== "head" && own?.net.size !== setting.dataset.size) throw new UserError("only_head", { name, mode: spec.mode });

  const comparisons = Math.max(1, spec.labels.length);
  const networks = own ? 2 * comparisons : 0;
  const known = setting.dataset.classes.length;
  const begun =
    (hasHead ? comparisons * beginningCost(linear(1), known) : 0) + (own ? networks * beginningCost(own.net, known) : 0);
  const work = Math.max(0, setting.work - begun);
  const looking = LOOKING_SHARE[spec.mode] * work * spec.seeds;
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
  const rates = { learningRate: spec.lr, backboneLearningRate: spec.backboneLr };

  const looked = hasHead ? (macs * (dataset.train.count + dataset.test.count)) / spec.seeds : 0;
  const each = ((1 - MEASURING_SHARE) * Math.max(0, work - looked)) / 2;
  const steps = own ? tuningSteps(counts, { work: each, net: own.net, classes }) : counts.map(() => 0);

  let features: Promise<StandardFeatures> | undefined;
  const headArm = async (pictures: Uint32Array, count: number, seed: number): Promise<Arm> => {
    features ??= standardFeatures(body, dataset, { signal, ...(onPictures && { onPictures }) });
    const { rows } = await features;
    return {
      ...{ name: `head@${count}`, seed, net: linear(rows.width), task: { kind: "supervised" } },
      data: { pictures, augment: {}, batch: HEAD.batch, features: rows },
      recipe: adamw(spec.lr, HEAD.steps, HEAD.weightDecay),
    };
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
        const about = { pictures, seed, steps: steps[i] as number, classes, ...rates };
        const tuned = own ? [finetuned(own, `finetune@${count}`, about), fromScratch(own, `scratch@${count}`, about)] : [];
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
