import { pictureRows } from "../data/rows.ts";
import { predictLogits } from "../learn/evaluate.ts";
import { toProbabilities } from "../models/prediction.ts";
import type { Network } from "../nets/net.ts";
import type { Setting } from "./experiment.ts";
import type { PseudoLabels } from "./kinds/pseudolabel.ts";

/** What a network says of pictures whose labels are hidden. */
export interface HiddenPredictions {
  pictures: Uint32Array;
  /** Of each picture: the probabilities of all classes, the likeliest class, and its probability. */
  probabilities: readonly Float32Array[];
  predicted: Uint8Array;
  confidences: Float32Array;
}

/** Asks a network, undisturbed, about training pictures by their indices. */
export const predictHidden = (
  net: Network,
  weights: Readonly<Record<string, Float32Array>>,
  { dataset }: Pick<Setting, "dataset">,
  pictures: Uint32Array,
): HiddenPredictions => {
  const { size, classes, normalisation, train } = dataset;
  const rows = pictureRows(train, size, normalisation, pictures);
  const logits = predictLogits(net, classes.length, weights, { ...rows, count: pictures.length });
  const probabilities = Array.from(pictures, (_, row) =>
    toProbabilities(logits.subarray(row * classes.length, (row + 1) * classes.length), "logits"),
  );
  const confidences = Float32Array.from(probabilities, (it) => Math.max(...it));
  const predicted = Uint8Array.from(probabilities, (it, row) => it.indexOf(confidences[row] as number));
  return { pictures, probabilities, predicted, confidences };
};

/**
 * The rows of those predictions that count: confident enough, and of each class at most as many as of twice the average one, the surest first,
 * so that a class that is predicted often does not take over (Xie et al. 2020 balance their classes too).
 */
export const confidentRows = ({ predicted, confidences }: HiddenPredictions, threshold: number, classes: number): number[] => {
  const confident = Array.from(predicted.keys()).filter((row) => (confidences[row] as number) >= threshold);
  const most = Math.ceil((2 * confident.length) / classes);
  const taken = new Map<number, number>();
  return confident
    .sort((a, b) => (confidences[b] as number) - (confidences[a] as number))
    .filter((row) => {
      const label = predicted[row] as number;
      const count = taken.get(label) ?? 0;
      taken.set(label, count + 1);
      return count < most;
    });
};

/** How good some of the predictions are, by the labels that were hidden from the network. */
export const ratePseudoLabels = (
  { pictures, predicted }: HiddenPredictions,
  rows: readonly number[],
  { dataset }: Pick<Setting, "dataset">,
): PseudoLabels => {
  const histogram = dataset.classes.map(() => 0);
  let right = 0;
  for (const row of rows) {
    const label = predicted[row] as number;
    histogram[label] = (histogram[label] ?? 0) + 1;
    if (label === dataset.train.labels[pictures[row] as number]) right++;
  }
  return { kept: rows.length, total: pictures.length, precision: rows.length === 0 ? null : right / rows.length, histogram };
};

/** All of `pictures` but `told`. */
export const hiddenOf = (pictures: Uint32Array, told: Uint32Array): Uint32Array => {
  const known = new Set(told);
  return pictures.filter((index) => !known.has(index));
};
