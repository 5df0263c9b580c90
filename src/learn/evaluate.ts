import { type Evaluation, evaluateLogits } from "../inference/evaluation.ts";
import { read } from "../nets/backends/tf.ts";
import type { Net } from "../nets/net.ts";
import { compile } from "../tf/compile.ts";
import { type Tensor, tf } from "../tf/tf.ts";

/** Images to evaluate a network on: x normalised, [count, size, size, 3]; `labels` the index of each one's class. */
export interface EvaluationSet {
  x: Float32Array;
  labels: ArrayLike<number>;
}

/** Images run at a time: large enough to keep the processor busy, small enough for its caches. */
const BATCH = 250;

/**
 * Evaluates a network with these weights, as it is in training, in TensorFlow. `logits` are [images × classes], row after row.
 * Needs at least one image.
 */
export const evaluateNetwork = (
  net: Net,
  classes: number,
  weights: Readonly<Record<string, Tensor>>,
  { x, labels }: EvaluationSet,
): Evaluation & { logits: Float32Array } => {
  const { size } = net;
  const row = size * size * 3;
  const count = Math.min(BATCH, labels.length);
  const forward = ({ x: images, ...parameters }: Readonly<Record<string, Tensor>>) => ({
    logits: read(net, images as Tensor, classes, false, { parameters }).outputs.logits,
  });
  const batchAt = (from: number) => {
    const padded = new Float32Array(count * row);
    padded.set(x.subarray(from * row, (from + count) * row));
    return tf.tensor4d(padded, [count, size, size, 3]);
  };

  const first = batchAt(0);
  const compiled = compile(forward, { x: first, ...weights });
  first.dispose();
  const logits = new Float32Array(labels.length * classes);
  for (let from = 0; from < labels.length; from += count) {
    const images = batchAt(from);
    const { logits: predicted } = compiled.run({ x: images, ...weights });
    const rows = Math.min(count, labels.length - from);
    logits.set((predicted as Tensor).dataSync().subarray(0, rows * classes), from * classes);
    tf.dispose([images, predicted as Tensor]);
  }
  compiled.dispose();
  return { ...evaluateLogits(logits, labels, classes), logits };
};
