import { read } from "../nets/backends/tf.ts";
import type { Net } from "../nets/net.ts";
import { compile } from "../tf/compile.ts";
import { type Tensor, tf } from "../tf/tf.ts";

/** Pictures to judge a network on: x normalised, [count, size, size, 3]; `labels` the class of each. */
export interface Pictures {
  x: Float32Array;
  labels: ArrayLike<number>;
}

export interface Evaluation {
  /** Share of pictures whose most likely class is the right one, 0 … 1. */
  accuracy: number;
  /** Mean cross-entropy in nats. */
  loss: number;
  /** [pictures × classes], row after row. */
  logits: Float32Array;
}

/** Pictures run at a time: large enough to keep the processor busy, small enough for its caches. */
const BATCH = 250;

const score = (logits: Float32Array, classes: number, labels: ArrayLike<number>): Omit<Evaluation, "logits"> => {
  let [correct, loss] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    const row = logits.subarray(i * classes, (i + 1) * classes);
    const best = row.reduce((max, it) => Math.max(max, it), -Infinity);
    const label = labels[i] as number;
    if (row[label] === best) correct++;
    loss += best + Math.log(row.reduce((sum, it) => sum + Math.exp(it - best), 0)) - (row[label] as number);
  }
  return { accuracy: correct / labels.length, loss: loss / labels.length };
};

/** What a network says of each picture. With `mirror`, the mean of what it says of the picture and of its mirror image. */
export const evaluate = (
  net: Net,
  classes: number,
  weights: Readonly<Record<string, Tensor>>,
  { x, labels }: Pictures,
  { mirror = false }: { mirror?: boolean } = {},
): Evaluation => {
  const { size } = net;
  const row = size * size * 3;
  const count = Math.min(BATCH, labels.length);
  const one = (parameters: Readonly<Record<string, Tensor>>, pictures: Tensor) =>
    read(net, pictures, classes, false, { parameters }).outputs.logits;
  const step = ({ x: pictures, ...parameters }: Readonly<Record<string, Tensor>>) => {
    const logits = one(parameters, pictures as Tensor);
    if (!mirror) return { logits };
    return { logits: tf.mul(tf.add(logits, one(parameters, tf.reverse(pictures as Tensor, 2))), 0.5) };
  };
  const batchAt = (from: number) => {
    const padded = new Float32Array(count * row);
    padded.set(x.subarray(from * row, (from + count) * row));
    return tf.tensor4d(padded, [count, size, size, 3]);
  };

  const first = batchAt(0);
  const compiled = compile(step, { x: first, ...weights });
  first.dispose();
  const logits = new Float32Array(labels.length * classes);
  for (let from = 0; from < labels.length; from += count) {
    const pictures = batchAt(from);
    const { logits: said } = compiled.run({ x: pictures, ...weights });
    const rows = Math.min(count, labels.length - from);
    logits.set((said as Tensor).dataSync().subarray(0, rows * classes), from * classes);
    tf.dispose([pictures, said as Tensor]);
  }
  compiled.dispose();
  return { ...score(logits, classes, labels), logits };
};
