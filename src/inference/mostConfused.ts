/** Two classes that were taken for each other: `count` pictures of `actual` were said to show `predicted`. */
export interface ConfusedPair {
  actual: string;
  predicted: string;
  count: number;
}

/** The most frequent errors of a confusion matrix (row: the true class), most frequent first; at most so many. */
export const mostConfused = (
  confusion: readonly (readonly number[])[],
  classes: readonly string[],
  most: number,
): readonly ConfusedPair[] =>
  confusion
    .flatMap((counts, actual) => counts.map((count, predicted) => ({ actual, predicted, count })))
    .filter(({ actual, predicted, count }) => actual !== predicted && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, most)
    .map(({ actual, predicted, count }) => ({ actual: classes[actual] ?? "", predicted: classes[predicted] ?? "", count }));
