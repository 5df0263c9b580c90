import { crossEntropy } from "../../tf/kernels.ts";
import { type Tensor, tf } from "../../tf/tf.ts";
import type { Task } from "../task.ts";

/** Mean cross-entropy with the batch's targets `y`, of those rows that have one. */
export interface SupervisedSpec {
  kind: "supervised";
  labelSmoothing?: number;
}

/** Szegedy et al. 2014 give each auxiliary classifier of GoogLeNet this share. */
const AUXILIARY = 0.3;

/** `labelSmoothing` of each label's weight is spread over all classes (Szegedy et al. 2015). y: [batch, classes]. */
const smoothLabels = (y: Tensor, labelSmoothing: number): Tensor =>
  labelSmoothing === 0 ? y : tf.add(tf.mul(y, 1 - labelSmoothing), labelSmoothing / (y.shape[1] as number));

/** Learning from labels alone: mean cross-entropy of the batch in nats, auxiliary classifiers included. */
export const supervised =
  ({ labelSmoothing = 0 }: SupervisedSpec): Task =>
  ({ net, batch: { x, y } }) => {
    const targets = smoothLabels(y as Tensor, labelSmoothing);
    const mean = (logits: Tensor) => tf.mean(crossEntropy(logits, targets));
    const { logits, aux = [] } = net(x as Tensor);
    const auxiliary = aux.length > 0 ? { auxiliary: tf.mul(tf.addN(aux.map(mean)), AUXILIARY) } : {};
    return { losses: { labels: mean(logits), ...auxiliary } };
  };
