/**
 * Two accuracies (0 to 1), each measured on so many pictures, differ by as much as this in one of twenty cases where the networks are equally good:
 * two standard errors of the difference of two binomial proportions. What another seed changes comes on top.
 */
export const marginOf = (accuracy: number, pictures: number): number =>
  2 * Math.sqrt((2 * accuracy * (1 - accuracy)) / Math.max(1, pictures));

/** Whether an accuracy is above another one, below it, or so near that `margin` may be all there is between them. */
export const compareAccuracies = (accuracy: number, other: number, margin: number): "better" | "close" | "worse" =>
  Math.abs(accuracy - other) <= margin ? "close" : accuracy > other ? "better" : "worse";
