/** What one more judgement says of a run. */
export interface Verdict {
  /** Better than ever: the weights to keep. */
  best: boolean;
  /** Nothing got better for too long: time to stop. */
  over: boolean;
}

/**
 * Early stopping: told the score of each judgement, higher being better, says when to give up. `rounds` judgements without
 * one that beats the best by more than `least` are the end. Judge on held-out training pictures, never on the test.
 */
export const patience = ({ rounds, least = 0 }: { rounds: number; least?: number }): ((score: number) => Verdict) => {
  let [best, since] = [Number.NEGATIVE_INFINITY, 0];
  return (score) => {
    const better = score > best + least;
    since = better ? 0 : since + 1;
    if (better) best = score;
    return { best: better, over: since >= rounds };
  };
};
