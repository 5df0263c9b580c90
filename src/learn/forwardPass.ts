import type { Rows } from "../data/rows.ts";
import { listParameters } from "../nets/backends/describe.ts";
import { read } from "../nets/backends/tf.ts";
import type { Network } from "../nets/net.ts";
import { type Compiled, compile } from "../tf/compile.ts";
import { type Tensor, tf } from "../tf/tf.ts";

/** Rows run at a time. More are no faster, and 250 of them take 150 MB more: see docs/LOG.md. */
const BATCH = 100;

/** A network's numbers by their names: in TensorFlow while it trains, plain arrays before and after. */
export type NamedWeights = Readonly<Record<string, Tensor | Float32Array>>;

/** A network as it looks at pictures. Compiled when it is first asked, and kept, which a look at 1,000 pictures takes half as long without. */
export interface ForwardPass {
  /** The logits of rows whose classes need not be known, [rows × classes], row after row. Needs at least one row. */
  logits(weights: NamedWeights, rows: Rows & { count: number }): Float32Array;
  close(): void;
}

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

/** Opens the forward pass of a network, as it is in training, in TensorFlow. Whoever opens it closes it. */
export const openForwardPass = (net: Network, classes: number): ForwardPass => {
  const forward = ({ x, ...given }: Readonly<Record<string, Tensor>>) => ({
    logits: read(net, x as Tensor, classes, false, { parameters: given }).outputs.logits,
  });
  /** By the number of rows, and their shape, that it takes. */
  const kept = new Map<string, Compiled>();
  return {
    logits: (weights, { count: total, shape, write }) =>
      withTensors(net, classes, weights, (parameters) => {
        const count = Math.min(BATCH, total);
        const length = shape.reduce((product, it) => product * it, 1);
        // One array for all batches: TensorFlow copies it before a pass returns. The last rows of the last batch may be those of the one before.
        const batch = new Float32Array(count * length);
        const key = [count, ...shape].join();
        const logits = new Float32Array(total * classes);
        for (let from = 0; from < total; from += count) {
          const rows = Math.min(count, total - from);
          write(from, rows, batch);
          const feed = { x: tf.tensor(batch, [count, ...shape]), ...parameters };
          const compiled = kept.get(key) ?? compile(forward, feed);
          kept.set(key, compiled);
          const { logits: predicted } = compiled.run(feed);
          logits.set((predicted as Tensor).dataSync().subarray(0, rows * classes), from * classes);
          tf.dispose([feed.x, predicted as Tensor]);
        }
        return logits;
      }),
    close: () => {
      for (const compiled of kept.values()) compiled.dispose();
      kept.clear();
    },
  };
};
