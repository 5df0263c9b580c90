/** What one more evaluation means for a run. */
export interface StoppingDecision {
  /** Better than ever: the weights to keep. */
  improved: boolean;
  /** Nothing has improved for too long. */
  stop: boolean;
}

/**
 * Early stopping: given the score of each evaluation, higher being better, decides when to give up. `patience` evaluations in a row none
 * of which beats the best by more than `minDelta` are the end. Score on validation images, never on the test set.
 */
export const earlyStopping = ({
  patience,
  minDelta = 0,
}: {
  patience: number;
  minDelta?: number;
}): ((score: number) => StoppingDecision) => {
  let [best, sinceBest] = [Number.NEGATIVE_INFINITY, 0];
  return (score) => {
    const improved = score > best + minDelta;
    sinceBest = improved ? 0 : sinceBest + 1;
    if (improved) best = score;
    return { improved, stop: sinceBest >= patience };
  };
};
