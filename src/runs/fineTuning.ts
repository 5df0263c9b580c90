import type { Recipe } from "../learn/fit.ts";
import { listParameters } from "../nets/backends/describe.ts";
import type { Network } from "../nets/net.ts";
import { stepCost, stepsWithin } from "./budget.ts";
import type { Arm } from "./experiment.ts";
import type { OwnNetwork } from "./ownNetwork.ts";
import { plainAugmentation, trainingFor } from "./training.ts";

/** Few labels make short epochs, which small batches make the most of. */
const BATCH = 32;
const WEIGHT_DECAY = 0.05;

/** What an arm learns, and how fast. */
interface Tuning {
  pictures: Uint32Array;
  seed: number;
  steps: number;
  /** How many. */
  classes: number;
  /** Of the new last layer. */
  learningRate: number;
  /** Of everything before it; 0 freezes it. */
  backboneLearningRate: number;
}

/** AdamW under a cosine, as pre-trained networks are tuned. */
export const adamw = (learningRate: number, steps: number, weightDecay: number): Omit<Recipe, "seed"> => ({
  steps,
  optimiser: { kind: "adamw", weightDecay },
  schedule: { kind: "cosine", learningRate, warmupShare: 0.05 },
});

/**
 * Steps of fine-tuning for each number of labels: more for more labels, as their square root; all of it within the work, in
 * multiply-accumulates.
 */
export const tuningSteps = (
  counts: readonly number[],
  { work, net, classes }: { work: number; net: Network; classes: number },
): number[] => {
  const roots = counts.map(Math.sqrt);
  const sum = roots.reduce((a, b) => a + b, 0);
  return roots.map((it) => stepsWithin((work * it) / sum, stepCost(net, classes, BATCH)));
};

/** Everything before the new layers learns at a rate of its own, or not at all. */
const groupsFor = ({ net, backbone }: OwnNetwork, { classes, learningRate, backboneLearningRate }: Tuning) => {
  const drawn = listParameters(net, { classes }).filter(({ name }) => !(name in backbone));
  const layers = [...new Set(drawn.map(({ name }) => name.slice(0, name.lastIndexOf("/"))))];
  const rest =
    backboneLearningRate === 0
      ? { prefix: "", frozen: true as const }
      : { prefix: "", learningRateFactor: backboneLearningRate / learningRate };
  return [...layers.map((prefix) => ({ prefix })), rest];
};

const armOf = ({ net }: OwnNetwork, name: string, { pictures, seed }: Tuning): Omit<Arm, "recipe"> => ({
  ...{ name, net, seed, task: { kind: "supervised" } },
  data: { pictures, augment: plainAugmentation, batch: Math.min(BATCH, pictures.length) },
});

/** A network of ours learns other pictures: all of it, its new last layer at another learning rate than what it knows already. */
export const finetuned = (own: OwnNetwork, name: string, tuning: Tuning): Arm => ({
  ...armOf(own, name, tuning),
  init: own.backbone,
  recipe: { ...adamw(tuning.learningRate, tuning.steps, WEIGHT_DECAY), groups: groupsFor(own, tuning) },
});

/** Its control: the same network, pictures and steps from the beginning. */
export const fromScratch = (own: OwnNetwork, name: string, tuning: Tuning): Arm => {
  const arm = armOf(own, name, tuning);
  return { ...arm, recipe: trainingFor(own.net, { steps: tuning.steps, batch: arm.data.batch }) };
};
