import type { BatchAugmentation } from "../../data/augmentedPicture.ts";
import { takePerClass } from "../../data/labelSubset.ts";
import type { TaskSpec } from "../../learn/tasks/index.ts";
import { armCost, stepCost, stepsWithin } from "../budget.ts";
import type { Arm, Experiment, Setting } from "../experiment.ts";
import { netNamed } from "../netNamed.ts";
import { confidentRows, hiddenOf, predictHidden, ratePseudoLabels } from "../pseudoLabels.ts";
import { batchSizes, plainAugmentation, trainingFor } from "../training.ts";

/** Pictures without labels for each one with, in a step. FixMatch takes 7, for days; so few steps need more steps instead. */
const RATIO = 2;
/** Of the hidden pictures, so many are looked at when the network is judged. */
const JUDGED = 2_000;

interface Manner {
  /** What the arm with pseudo-labels is called. */
  name: string;
  task: TaskSpec;
  /** How often a picture without a label is shown in a step. */
  views: 1 | 2;
  strong?: BatchAugmentation;
}

/** Learning from few labels and many pictures without, beside the same network, seed and steps on the labels alone. */
export const semiSupervised = (
  setting: Setting<"pseudolabel" | "fixmatch">,
  { name, task, views, strong }: Manner,
): Experiment => {
  const { spec, dataset, train, work } = setting;
  const net = netNamed(spec.net, dataset.size);
  const classes = dataset.classes.length;
  const batch = Math.min(batchSizes[spec.preset], spec.labels * classes, train.length);
  const both = stepCost(net, classes, batch) + stepCost(net, classes, batch * (1 + RATIO * views));
  const steps = stepsWithin(work - 2 * armCost(net, setting), both);
  const toldFor = (seed: number) => takePerClass(train, dataset.train.labels, spec.labels, seed);
  return {
    steps: 2 * steps,
    armCount: 2,
    control: "labels only",
    main: name,
    arms: (seed, done) => {
      if (done.length > 0) return [];
      const told = toldFor(seed);
      const common = { net, seed, recipe: trainingFor(net, { steps, batch }) };
      const data = { pictures: told, batch, augment: plainAugmentation };
      const control: Arm = { ...common, name: "labels only", data, task: { kind: "supervised" } };
      const unlabelled = { pictures: train, ratio: RATIO, weak: plainAugmentation, ...(strong && { strong }) };
      return [control, { ...common, name, data: { ...data, unlabelled }, task }];
    },
    findings: (results) => {
      const result = results.find(({ arm }) => arm.name === name);
      if (!result)
        return { fields: { classes: dataset.classes, pseudoLabels: { kept: 0, total: 0, precision: null, histogram: [] } } };
      const hidden = hiddenOf(train, toldFor(result.arm.seed)).subarray(0, JUDGED);
      const predictions = predictHidden(net, result.weights, setting, hidden);
      const rows = confidentRows(predictions, spec.threshold, classes);
      return { fields: { classes: dataset.classes, pseudoLabels: ratePseudoLabels(predictions, rows, setting) } };
    },
  };
};
