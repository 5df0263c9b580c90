import type { Tensor } from "../tf/tf.ts";
import { loadCheckpoint, saveCheckpoint } from "./checkpoint.ts";

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

/** The best weights of a run so far, in a file at `path`, so that they survive a cut. `run` names the run, as in its checkpoint. */
export const bestWeights = (path: string, run: string) => ({
  save: async (step: number, weights: Readonly<Record<string, Tensor>>): Promise<void> => {
    const state = Object.fromEntries(Object.entries(weights).map(([name, it]) => [name, it.dataSync() as Float32Array]));
    await saveCheckpoint(path, { step, run, state, shapes: {} });
  },
  /** Throws when none were saved. */
  load: async (): Promise<Record<string, Float32Array>> => {
    const saved = await loadCheckpoint(path, run);
    if (!saved) throw new Error(`Expected the best weights of this run in ${path}`);
    return saved.state;
  },
});
