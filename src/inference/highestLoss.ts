import { toProbabilities } from "../models/prediction.ts";

/** A picture that a model is wrong about, or hardly right: what it is, what the model says, and how sure it is of that. */
export interface HardPicture {
  /** Its place among the pictures. */
  index: number;
  /** Indices of classes. */
  actual: number;
  predicted: number;
  /** Of the predicted class, 0..1. */
  probability: number;
  /** Cross-entropy in nats. */
  loss: number;
}

/**
 * The pictures with the highest loss, highest first; at most so many. They show what a model has not learned, and which labels may be
 * wrong. From logits [images × classes] and the index of each image's class.
 */
export const highestLoss = (logits: Float32Array, labels: ArrayLike<number>, classes: number, most: number): HardPicture[] => {
  const all = Array.from({ length: labels.length }, (_, index): HardPicture => {
    const row = logits.subarray(index * classes, (index + 1) * classes);
    const probabilities = toProbabilities(row, "logits");
    const actual = labels[index] as number;
    const predicted = row.indexOf(row.reduce((a, b) => Math.max(a, b)));
    const largest = row[predicted] as number;
    const loss = largest + Math.log(row.reduce((sum, it) => sum + Math.exp(it - largest), 0)) - (row[actual] as number);
    return { index, actual, predicted, probability: probabilities[predicted] as number, loss };
  });
  return all.sort((a, b) => b.loss - a.loss || a.index - b.index).slice(0, most);
};
