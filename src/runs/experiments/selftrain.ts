import type { BatchAugmentation } from "../../data/augmentedPicture.ts";
import { takePerClass, targetsOf } from "../../data/labelSubset.ts";
import { selfTrainingCard } from "../../draw/selfTrainingCard.ts";
import { shownClass } from "../../models/shownLabel.ts";
import { noised } from "../../nets/noised.ts";
import { shuffled, subSeed } from "../../random.ts";
import { armCost, stepCost, stepsWithin, TRAINING_PASSES } from "../budget.ts";
import { titleOf } from "../cards.ts";
import type { Arm, ArmResult, Experiment, Setting } from "../experiment.ts";
import type { PseudoLabels } from "../kinds/pseudolabel.ts";
import { netNamed } from "../netNamed.ts";
import { confidentRows, hiddenOf, predictHidden, ratePseudoLabels } from "../pseudoLabels.ts";
import { batchSizes, plainAugmentation, trainingFor } from "../training.ts";

const CONTROL = "labels only";
const TEACHER = "first teacher";
/**
 * Xie et al. 2020 drop half of the features and a fifth of the last branches of networks a hundred times as large, and use RandAugment at 27
 * of 30. In so few steps that much noise leaves nothing to learn from: see docs/LOG.md.
 */
const NOISE = { dropout: 0.1, dropPath: 0.05 };
const noisyAugmentation: BatchAugmentation = {
  policy: "rand-m4-n1-inc1-p0.5",
  crop: { pad: 2, edge: "reflect" },
  flip: "random",
};
/**
 * What the first teacher learns in at least, where that leaves the rounds a quarter of all steps: with fewer it knows too little to teach (see
 * docs/LOG.md). Where there is time for more, it has as many as each round.
 */
const [TEACHER_STEPS, LEAST_FOR_ROUNDS] = [150, 0.25];
/** Labelled pictures are shown so often that they are at least this share of what a student sees. */
const LABELLED_SHARE = 0.25;

/** What a round's student learns from: the labels, and its teacher's confident predictions as soft labels. */
const roundData = (setting: Setting<"selftrain">, told: Uint32Array, teacher: ArmResult, most: number, seed: number) => {
  const { spec, dataset, train } = setting;
  const classes = dataset.classes.length;
  const hidden = hiddenOf(train, told);
  const asked = Uint32Array.from(shuffled(hidden.length, seed).subarray(0, most), (position) => hidden[position] as number);
  const predictions = predictHidden(teacher.arm.net, teacher.weights, setting, asked);
  const rows = confidentRows(predictions, spec.threshold, classes);
  const targets = targetsOf(dataset.train.labels, classes, told);
  for (const row of rows) targets.set(predictions.probabilities[row] as Float32Array, (asked[row] as number) * classes);
  const repeats = Math.max(1, Math.ceil((LABELLED_SHARE * rows.length) / ((1 - LABELLED_SHARE) * told.length)));
  const labelled = Array.from({ length: repeats }, () => [...told]).flat();
  const pictures = Uint32Array.from([...labelled, ...rows.map((row) => asked[row] as number)]);
  return { targets, pictures, rated: ratePseudoLabels(predictions, rows, setting) };
};

/**
 * Noisy student: the first teacher learns from the labels alone; each round a student of the same size learns from labels and
 * pseudo-labels, disturbed by augmentation, dropout and stochastic depth, and is the next teacher. Runs are short, so a student begins with
 * its teacher's weights, where the paper's begin anew; the control learns from the labels alone for the steps of all rounds together.
 */
export const selftrain = (setting: Setting<"selftrain">): Experiment => {
  const { spec, dataset, train, work } = setting;
  const net = netNamed(spec.net, dataset.size);
  const student = noised(net, NOISE);
  const classes = dataset.classes.length;
  const batch = Math.min(batchSizes[spec.preset], spec.labels * classes, train.length);
  // Control and rounds have the same steps, and teachers predict with one forward pass where training takes three.
  const noising = 0.8; // dropout, stochastic depth and strong augmentation, and the pseudo-labels' bookkeeping between rounds
  const predicting = spec.rounds / (spec.rounds + 1) / TRAINING_PASSES;
  const measured = (spec.rounds + 2) * armCost(net, setting);
  const total = stepsWithin(work - measured, (2 + noising + predicting) * stepCost(net, classes, batch));
  const equal = Math.floor(total / (spec.rounds + 1));
  const first = Math.max(equal, Math.min(TEACHER_STEPS, Math.floor((1 - LEAST_FOR_ROUNDS) * total)));
  const steps = Math.floor((total - first) / spec.rounds);
  const together = first + spec.rounds * steps;
  const rounds = new Map<string, PseudoLabels>();

  const nextRound = (seed: number, done: readonly ArmResult[]): Arm => {
    const told = takePerClass(train, dataset.train.labels, spec.labels, seed);
    const teacher = done.at(-1) as ArmResult;
    const round = done.length - 1;
    const name = `round ${round}`;
    const { targets, pictures, rated } = roundData(setting, told, teacher, steps * batch, subSeed(seed, round));
    rounds.set(`${seed} ${name}`, rated);
    const data = { pictures, targets, batch, augment: noisyAugmentation };
    const recipe = trainingFor(net, { steps, batch });
    return { name, net: student, seed, data, task: { kind: "supervised" }, init: teacher.weights, recipe };
  };

  return {
    steps: 2 * together,
    armCount: spec.rounds + 2,
    control: CONTROL,
    main: `round ${spec.rounds}`,
    arms: (seed, done) => {
      if (done.length > spec.rounds + 1) return [];
      if (done.length > 0) return [nextRound(seed, done)];
      const pictures = takePerClass(train, dataset.train.labels, spec.labels, seed);
      const data = { pictures, batch, augment: plainAugmentation };
      const alone = (name: string, steps: number): Arm => ({
        ...{ name, net, seed, data, task: { kind: "supervised" }, recipe: trainingFor(net, { steps, batch }) },
      });
      return [alone(CONTROL, together), alone(TEACHER, first)];
    },
    findings: (results, report, lang) => {
      const first = results.filter(({ arm }) => arm.seed === spec.seed);
      const told = first.flatMap(({ arm, test }) => {
        const rated = rounds.get(`${arm.seed} ${arm.name}`);
        return rated ? [{ round: Number(arm.name.replace("round ", "")), ...rated, accuracy: test.accuracy }] : [];
      });
      const control = first.find(({ arm }) => arm.name === CONTROL)?.test.accuracy ?? null;
      const shown = dataset.classes.map((it) => shownClass(dataset.name, it, lang));
      const image = selfTrainingCard({ title: titleOf(report.spec, lang), classes: shown, rounds: told, control }, lang);
      const alt = told.map((it) => `${it.round}: ${it.kept}/${it.total}, ${(100 * it.accuracy).toFixed(1)} %`).join("; ");
      return { fields: { classes: dataset.classes, rounds: told }, pictures: [{ name: "rounds", image, alt }] };
    },
  };
};
