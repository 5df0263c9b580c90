import type { EvaluationRows, Rows } from "../data/rows.ts";
import { type Evaluation, evaluateLogits } from "../inference/evaluation.ts";
import { listParameters } from "../nets/backends/describe.ts";
import { read } from "../nets/backends/tf.ts";
import type { Network } from "../nets/net.ts";
import { compile } from "../tf/compile.ts";
import { type Tensor, tf } from "../tf/tf.ts";

/** Rows run at a time. More are no faster, and 250 of them take 150 MB more: see docs/LOG.md. */
const BATCH = 100;

/** A network's numbers by their names: in TensorFlow while it trains, plain arrays before and after. */
export type NamedWeights = Readonly<Record<string, Tensor | Float32Array>>;

/** Runs `work` with all weights in TensorFlow; those that were not there yet are there only for so long. */
const withTensors = <R>(net: Network, classes: number, weights: NamedWeights, work: (them: Record<string, Tensor>) => R): R => {
  const uploaded: Tensor[] = [];
  const upload = (values: Float32Array, shape: readonly number[]): Tensor => {
    const tensor = tf.tensor(values, [...shape], "float32");
    uploaded.push(tensor);
    return tensor;
  };
  try {
    const tensors: Record<string, Tensor> = {};
    for (const { name, shape } of listParameters(net, { classes, training: false })) {
      const values = weights[name];
      if (!values) throw new Error(`There are no weights for ${name}.`);
      tensors[name] = values instanceof Float32Array ? upload(values, shape) : values;
    }
    return work(tensors);
  } finally {
    tf.dispose(uploaded);
  }
};

/** The logits of rows whose classes need not be known, [rows × classes], row after row. Needs at least one row. */
export const predictLogits = (
  net: Network,
  classes: number,
  weights: NamedWeights,
  { count: total, shape, write }: Rows & { count: number },
): Float32Array =>
  withTensors(net, classes, weights, (parameters) => {
    const count = Math.min(BATCH, total);
    const forward = ({ x, ...given }: Readonly<Record<string, Tensor>>) => ({
      logits: read(net, x as Tensor, classes, false, { parameters: given }).outputs.logits,
    });
    const length = shape.reduce((product, it) => product * it, 1);
    // One array for all batches: TensorFlow copies it before a pass returns. The last rows of the last batch may be those of the one before.
    const batch = new Float32Array(count * length);
    const batchAt = (from: number): Tensor => {
      write(from, Math.min(count, total - from), batch);
      return tf.tensor(batch, [count, ...shape]);
    };

    const first = batchAt(0);
    const compiled = compile(forward, { x: first, ...parameters });
    first.dispose();
    const logits = new Float32Array(total * classes);
    for (let from = 0; from < total; from += count) {
      const x = batchAt(from);
      const { logits: predicted } = compiled.run({ x, ...parameters });
      const rows = Math.min(count, total - from);
      logits.set((predicted as Tensor).dataSync().subarray(0, rows * classes), from * classes);
      tf.dispose([x, predicted as Tensor]);
    }
    compiled.dispose();
    return logits;
  });

/**
 * Evaluates a network with these weights, as it is in training, in TensorFlow. `logits` are [rows × classes], row after row.
 * Needs at least one row.
 */
export const evaluateNetwork = (
  net: Network,
  classes: number,
  weights: NamedWeights,
  rows: EvaluationRows,
): Evaluation & { logits: Float32Array } => {
  const logits = predictLogits(net, classes, weights, { ...rows, count: rows.labels.length });
  return { ...evaluateLogits(logits, rows.labels, classes), logits };
};
