import type { Evaluation } from "../inference/evaluation.ts";
import { evaluateOpen } from "../learn/evaluate.ts";
import type { ForwardPass } from "../learn/forwardPass.ts";
import { evaluationRows } from "./armData.ts";
import type { Arm, ArmResult, Setting } from "./experiment.ts";
import type { Trained } from "./trainArm.ts";

/** Test pictures of a run that was stopped: whoever stopped it waits. */
const STOPPED_PICTURES = 1_000;

/** What an arm was told that a picture shows: its target's largest share, or its label. -1 where the label was hidden. */
const taughtLabel = (
  { data: { targets } }: Arm,
  { dataset: { classes, train } }: Pick<Setting, "dataset">,
  index: number,
): number => {
  if (!targets) return train.labels[index] as number;
  const row = targets.subarray(index * classes.length, (index + 1) * classes.length);
  const largest = row.reduce((a, b) => Math.max(a, b));
  return largest > 0 ? row.indexOf(largest) : -1;
};

/** The share of `own` of the pictures that an arm learned from which it names as it was told; as they are where every label was hidden. */
const trainAccuracyOf = (
  arm: Arm,
  weights: Trained["weights"],
  setting: Pick<Setting, "dataset">,
  { pass, own }: { pass: ForwardPass; own: number },
): number => {
  const { dataset } = setting;
  const told = arm.data.pictures.filter((index) => taughtLabel(arm, setting, index) >= 0);
  const pictures = (told.length > 0 ? told : arm.data.pictures).subarray(0, own);
  const rows = evaluationRows(arm, dataset, "train", pictures);
  const labels = told.length > 0 ? Uint8Array.from(pictures, (index) => taughtLabel(arm, setting, index)) : rows.labels;
  return evaluateOpen(pass, dataset.classes.length, weights, { ...rows, labels }).accuracy;
};

const withoutLogits = ({ logits: _, ...evaluation }: ReturnType<typeof evaluateOpen>): Evaluation => evaluation;

/**
 * Measures what an arm has learned: on all test pictures, on some of those it learned from, and on the validation pictures where choices
 * are made on them. An arm that was stopped is measured on fewer.
 */
export const measureArm = (
  arm: Arm,
  trained: Trained,
  setting: Pick<Setting, "dataset" | "validation">,
  { pass, own, chooses = false, stopped = false }: { pass: ForwardPass; own: number; chooses?: boolean; stopped?: boolean },
): ArmResult => {
  const { dataset, validation } = setting;
  const classes = dataset.classes.length;
  const evaluate = (split: "train" | "test", indices?: Uint32Array) =>
    evaluateOpen(pass, classes, trained.weights, evaluationRows(arm, dataset, split, indices));
  const shown = stopped ? Uint32Array.from({ length: Math.min(STOPPED_PICTURES, dataset.test.count) }, (_, i) => i) : undefined;
  const { logits, ...test } = evaluate("test", shown);
  const known = chooses && validation.length > 0 && !stopped ? withoutLogits(evaluate("train", validation)) : undefined;
  const trainAccuracy = trainAccuracyOf(arm, trained.weights, setting, { pass, own });
  return {
    ...trained,
    ...{ arm, test, testLogits: logits, trainAccuracy },
    ...(known && { validation: known }),
  };
};
