import { type Tensor, tf } from "../../tf/tf.ts";
import { crossEntropy } from "../losses/crossEntropy.ts";
import { pseudoLabel as pseudoLabelLoss } from "../losses/pseudoLabel.ts";
import { confidentShare, pseudoTargets } from "../losses/pseudoTargets.ts";
import type { Task } from "../task.ts";
import { auxiliary } from "./auxiliary.ts";
import { runTogether } from "./together.ts";

/** The network's own predictions for `weak`, where they are confident, as targets for the same pictures (Lee 2013). */
export interface PseudoLabelSpec {
  kind: "pseudo-label";
  /** A prediction counts from this probability on. */
  threshold: number;
  /** Of the pseudo-labels, beside 1 for the labels. */
  weight: number;
  /** Share of the run over which it grows to that. */
  ramp: number;
}

/**
 * Learning from labels and from one's own predictions. Batch: x [rows, …] and y [rows, classes] with labels, weak [others, …] without.
 * Tells as `confident` the share of `weak` whose prediction counts.
 */
export const pseudoLabel = ({ threshold, weight, ramp }: PseudoLabelSpec): Task => ({
  arrays: ["x", "y", "weak"],
  run: ({ net, batch: { x, y, weak }, progress }) => {
    const { logits, aux } = runTogether(net, [x as Tensor, weak as Tensor]);
    const targets = pseudoTargets(logits[1] as Tensor, threshold);
    const losses = ([labelled, unlabelled]: readonly Tensor[]) => ({
      labels: crossEntropy(labelled as Tensor, y as Tensor),
      pseudoLabels: tf.mul(pseudoLabelLoss(unlabelled as Tensor, targets, progress, ramp), weight),
    });
    const auxiliaries = aux.flatMap((it) => Object.values<Tensor>(losses(it)));
    return {
      losses: { ...losses(logits), ...auxiliary(auxiliaries) },
      metrics: { confident: confidentShare(targets) },
    };
  },
});
