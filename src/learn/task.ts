import type { Outputs } from "../nets/net.ts";
import { crossEntropy } from "../tf/kernels.ts";
import { type Tensor, tf } from "../tf/tf.ts";

/** What a batch is turned into: losses by name, scalars, whose sum is minimised. */
export type Losses = Record<string, Tensor>;

/** What is learned. `net` runs the network in training mode on images; `batch` holds the tensors of a source's batch by name. */
export type Task = (net: (x: Tensor) => Outputs<Tensor>, batch: Readonly<Record<string, Tensor>>) => Losses;

/** Szegedy et al. 2014 give each auxiliary classifier of GoogLeNet this share. */
const AUXILIARY = 0.3;

/** `labelSmoothing` of each label's weight is spread over all classes (Szegedy et al. 2015). y: [batch, classes]. */
export const smoothLabels = (y: Tensor, labelSmoothing: number): Tensor =>
  labelSmoothing === 0 ? y : tf.add(tf.mul(y, 1 - labelSmoothing), labelSmoothing / (y.shape[1] as number));

/** Learning from labels alone: mean cross-entropy of the batch in nats, auxiliary classifiers included. */
export const supervised =
  ({ labelSmoothing = 0 }: { labelSmoothing?: number } = {}): Task =>
  (net, { x, y }) => {
    const targets = smoothLabels(y as Tensor, labelSmoothing);
    const mean = (logits: Tensor) => tf.mean(crossEntropy(logits, targets));
    const { logits, aux = [] } = net(x as Tensor);
    return { labels: mean(logits), ...(aux.length > 0 ? { auxiliary: tf.mul(tf.addN(aux.map(mean)), AUXILIARY) } : {}) };
  };
