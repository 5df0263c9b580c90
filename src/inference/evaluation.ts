/** How a model does on images whose classes are known. */
export interface Evaluation {
  /** Share of the images whose most likely class is the right one, 0..1; NaN of no images. */
  accuracy: number;
  correct: number;
  total: number;
  /** Mean cross-entropy in nats. */
  loss: number;
  /** Row: the true class; column: the predicted one. */
  confusion: number[][];
}

/** Evaluates logits, [images × classes] row after row, against the index of each image's class. */
export const evaluateLogits = (logits: Float32Array, labels: ArrayLike<number>, classes: number): Evaluation => {
  const confusion = Array.from({ length: classes }, () => Array<number>(classes).fill(0));
  let [correct, loss] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    const row = logits.subarray(i * classes, (i + 1) * classes);
    const largest = row.reduce((max, it) => Math.max(max, it), Number.NEGATIVE_INFINITY);
    const [label, predicted] = [labels[i] as number, row.indexOf(largest)];
    const counts = confusion[label] as number[];
    counts[predicted] = (counts[predicted] ?? 0) + 1;
    if (predicted === label) correct++;
    loss += largest + Math.log(row.reduce((sum, it) => sum + Math.exp(it - largest), 0)) - (row[label] as number);
  }
  const total = labels.length;
  return { accuracy: correct / total, correct, total, loss: loss / total, confusion };
};

/** Share of each class's images that are predicted as it, in the order of the classes; 0 for a class without images. */
export const accuracyPerClass = ({ confusion }: Evaluation): number[] =>
  confusion.map(
    (counts, label) =>
      (counts[label] ?? 0) /
      Math.max(
        1,
        counts.reduce((sum, it) => sum + it, 0),
      ),
  );
