import { float, isNative, nativeBackend, run, runOne } from "./native.ts";
import { type Tensor, tf } from "./tf.ts";

// TensorFlow.js composes these gradients from many small operations, or lacks them; TensorFlow has one operation for each.
// Each function has a second way for WASM, of operations that TensorFlow.js can differentiate itself.

export interface Norm {
  y: Tensor;
  /** The moving averages after this batch. Kept: whoever asked for them disposes of them. */
  mean: Tensor;
  variance: Tensor;
}

/**
 * Batch normalisation of a training batch over all but the channels (Ioffe & Szegedy 2015). `averageDecay` is the share of the old
 * moving averages that remains. The moving variance follows the unbiased one, as in PyTorch and TensorFlow.
 */
export const batchNorm = (
  x: Tensor,
  at: Record<"gamma" | "beta" | "mean" | "variance", Tensor>,
  averageDecay: number,
  epsilon: number,
): Norm => {
  if (!isNative()) return plainBatchNorm(x, at, averageDecay, epsilon);
  const attributes = { T: float, U: float, epsilon: { float: epsilon }, data_format: "NHWC", is_training: true };
  let moved: Tensor[] = [];
  const y = tf.customGrad((x, gamma, beta, save) => {
    const inputs = [x as Tensor, gamma as Tensor, beta as Tensor, at.mean, at.variance];
    const all = run("FusedBatchNormV3", inputs, { ...attributes, exponential_avg_factor: { float: 1 - averageDecay } }, 6);
    const [y, mean, variance, ...reserved] = all as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
    moved = [tf.keep(mean), tf.keep(variance)];
    (save as (them: Tensor[]) => void)([x as Tensor, gamma as Tensor, ...reserved]);
    return {
      value: y,
      gradFunc: (dy: Tensor, saved: Tensor[]) => run("FusedBatchNormGradV3", [dy, ...saved], attributes, 5).slice(0, 3),
    };
  })(x, at.gamma, at.beta);
  return { y, mean: moved[0] as Tensor, variance: moved[1] as Tensor };
};

const plainBatchNorm: typeof batchNorm = (x, { gamma, beta, mean, variance }, averageDecay, epsilon) => {
  const axes = x.shape.map((_, axis) => axis).slice(0, -1);
  const now = tf.moments(x, axes);
  const count = x.size / (x.shape.at(-1) as number);
  const move = (old: Tensor, seen: Tensor) => tf.keep(tf.add(tf.mul(old, averageDecay), tf.mul(seen, 1 - averageDecay)));
  const y = tf.add(tf.mul(tf.sub(x, now.mean), tf.mul(gamma, tf.rsqrt(tf.add(now.variance, epsilon)))), beta);
  return { y, mean: move(mean, now.mean), variance: move(variance, tf.mul(now.variance, count / (count - 1))) };
};

/**
 * Batch normalisation by moving averages that stay as they are, for layers that do not learn in a network that does. Written out, since
 * TensorFlow's graph optimiser would melt its one operation into the convolution before it, which rounds differently.
 */
export const frozenBatchNorm = (
  x: Tensor,
  { gamma, beta, mean, variance }: Record<"gamma" | "beta" | "mean" | "variance", Tensor>,
  epsilon: number,
): Tensor => tf.add(tf.mul(tf.sub(x, mean), tf.mul(gamma, tf.rsqrt(tf.add(variance, epsilon)))), beta);

let oneDnn: boolean | undefined;

/** Whether TensorFlow's processor kernels come with oneDNN's, which on a GPU or on some processors they do not. */
const hasOneDnn = (): boolean => {
  oneDnn ??= (() => {
    if (nativeBackend().binding.isUsingGpuDevice()) return false;
    try {
      tf.dispose(run("_MklNativeMaxPool", [tf.zeros([1, 2, 2, 16])], oneDnnPool(2, 2), 2));
      return true;
    } catch {
      return false;
    }
  })();
  return oneDnn;
};

const oneDnnPool = (size: number, stride: number) => ({
  T: float,
  ksize: [1, size, size, 1],
  strides: [1, stride, stride, 1],
  padding: "VALID",
  data_format: "NHWC",
  workspace_enabled: true,
  _kernel: "MklNameChangeOp", // how TensorFlow itself asks for oneDNN's kernels
});

/**
 * The largest value of each window. A graph takes oneDNN's kernels, whose gradient is ten times as fast and sums overlapping
 * windows in another order; an eager step is given the same ones here, so that both come to the same numbers.
 */
export const maxPool = (x: Tensor, size: number, stride: number): Tensor => {
  if (!isNative() || !hasOneDnn()) return tf.maxPool(x as never, size, stride, "valid");
  const attributes = oneDnnPool(size, stride);
  return tf.customGrad((x, save) => {
    const [y, workspace] = run("_MklNativeMaxPool", [x as Tensor], attributes, 2) as [Tensor, Tensor];
    (save as (them: Tensor[]) => void)([x as Tensor, y, workspace]);
    const gradient = (dy: Tensor, [x, y, workspace]: Tensor[]) =>
      runOne("_MklNativeMaxPoolGrad", [x as Tensor, y as Tensor, dy, workspace as Tensor], attributes);
    return { value: y, gradFunc: gradient };
  })(x);
};

/** Cross-entropy in nats of every picture: logits and targets (which sum to 1) are [batch, classes], what comes out is [batch]. */
export const crossEntropy = (logits: Tensor, targets: Tensor): Tensor => {
  if (!isNative()) return tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(logits)), -1));
  return tf.customGrad((logits, save) => {
    const [loss, gradient] = run("SoftmaxCrossEntropyWithLogits", [logits as Tensor, targets], { T: float }, 2) as [
      Tensor,
      Tensor,
    ];
    (save as (them: Tensor[]) => void)([gradient]);
    return { value: loss, gradFunc: (dy: Tensor, [gradient]: Tensor[]) => tf.mul(tf.expandDims(dy, -1), gradient as Tensor) };
  })(logits);
};

/** What `compute` makes of x, through which no gradient flows back to x. */
export const constant = (x: Tensor, compute: (x: Tensor) => Tensor): Tensor =>
  tf.customGrad((it) => ({ value: compute(it as Tensor), gradFunc: () => tf.zeros(x.shape) }))(x);

/** Numbers in [0, 1) that depend on nothing but the seed, int32 [2]: the same in an eager step as in a recorded one. */
export const uniform = (shape: number[], seed: Tensor): Tensor => {
  if (!isNative()) {
    const [first = 0, second = 0] = seed.dataSync();
    return tf.randomUniform(shape, 0, 1, "float32", `${first}/${second}`);
  }
  return runOne("StatelessRandomUniform", [tf.tensor1d(shape, "int32"), seed], {
    dtype: float,
    T: { type: "int32" },
    Tseed: { type: "int32" },
  });
};
