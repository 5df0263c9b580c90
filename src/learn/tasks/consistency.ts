import { type Tensor, tf } from "../../tf/tf.ts";
import { consistency as consistencyLoss } from "../losses/consistency.ts";
import { crossEntropy } from "../losses/crossEntropy.ts";
import { confidentShare, pseudoTargets } from "../losses/pseudoTargets.ts";
import type { Task } from "../task.ts";
import { auxiliary } from "./auxiliary.ts";
import { runTogether } from "./together.ts";

/** The network's own predictions for `weak`, where they are confident, as targets for `strong` (Sohn et al. 2020). */
export interface ConsistencySpec {
  kind: "consistency";
  /** A prediction counts from this probability on. */
  threshold: number;
  /** Of the pseudo-labels, beside 1 for the labels. */
  weight: number;
}

/**
 * FixMatch. Batch: x [rows, …] and y [rows, classes] with labels, and further pictures without, weakly and strongly augmented: weak and
 * strong [others, …]. Tells as `confident` the share of `weak` whose prediction counts.
 */
export const consistency = ({ threshold, weight }: ConsistencySpec): Task => ({
  arrays: ["x", "y", "weak", "strong"],
  run: ({ net, batch: { x, y, weak, strong } }) => {
    const { logits, aux } = runTogether(net, [x as Tensor, weak as Tensor, strong as Tensor]);
    const targets = pseudoTargets(logits[1] as Tensor, threshold);
    const losses = ([labelled, , unlabelled]: readonly Tensor[]) => ({
      labels: crossEntropy(labelled as Tensor, y as Tensor),
      pseudoLabels: tf.mul(consistencyLoss(unlabelled as Tensor, targets), weight),
    });
    const auxiliaries = aux.flatMap((it) => Object.values<Tensor>(losses(it)));
    return {
      losses: { ...losses(logits), ...auxiliary(auxiliaries) },
      metrics: { confident: confidentShare(targets) },
    };
  },
});
