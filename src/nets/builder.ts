/** Zero padding: as TensorFlow's "same", none, or this many pixels on every side (as PyTorch says it). */
export type Padding = "same" | "valid" | number;

/** How a layer's weights begin. `he`: normal with variance 2/fan-out (He et al. 2015), for convolutions before a ReLU. */
export type Initialiser = "he" | "glorot" | "zeros" | "ones" | "dirac" | { normal: number };

export interface ConvOptions {
  filters: number;
  kernel: number;
  stride?: number;
  padding?: Padding;
  /** Channels are split into this many groups; as many groups as channels is a depthwise convolution. */
  groups?: number;
  bias?: boolean;
  initialiser?: Initialiser;
  /** Weights that no training step may change (a whitening layer). */
  frozen?: boolean;
}

export interface PoolOptions {
  size: number;
  stride?: number;
  padding?: Padding;
  /** As PyTorch's ceil_mode: a last window that hangs over the edge counts. */
  ceil?: boolean;
}

/**
 * What networks are written over, once, and what three readers implement: `tf` runs it on tensors, `onnx` writes it as a graph,
 * `shape` counts it. Pictures are [height, width, channels] without the batch; names are paths ("block2/conv1") and unique.
 */
export interface Builder<T> {
  /** Some things exist only while training: auxiliary classifiers, dropout, stochastic depth. */
  readonly training: boolean;
  /** [height, width, channels] or [features]. */
  shapeOf(x: T): readonly number[];
  /** Prefixes the names of all that is built inside: `within("block2", () => …)`. */
  within<R>(name: string, build: () => R): R;
  conv(x: T, name: string, options: ConvOptions): T;
  /** Batch normalisation over the channels; `momentum` is the share of the old moving value that a step keeps. */
  batchNorm(x: T, name: string, options?: { epsilon?: number; momentum?: number; scale?: boolean }): T;
  dense(x: T, name: string, options: { units: number; bias?: boolean; initialiser?: Initialiser }): T;
  relu(x: T): T;
  /** x · sigmoid(x), also called SiLU (Ramachandran et al. 2017). */
  swish(x: T): T;
  gelu(x: T): T;
  sigmoid(x: T): T;
  maxPool(x: T, options: PoolOptions): T;
  averagePool(x: T, options: PoolOptions): T;
  /** [height, width, channels] to [channels]. */
  globalAveragePool(x: T): T;
  /** To a grid of `size` × `size` by averaging, as PyTorch's AdaptiveAvgPool2d; where the grid divides the picture. */
  adaptiveAveragePool(x: T, size: number): T;
  add(a: T, b: T): T;
  /** Channels of x times one factor each: [height, width, channels] by [channels] (Hu et al. 2017). */
  scaleChannels(x: T, factors: T): T;
  /** Every value times one constant. */
  scale(x: T, factor: number): T;
  concat(parts: readonly T[]): T;
  flatten(x: T): T;
  dropout(x: T, name: string, rate: number): T;
  /** Stochastic depth: in training, the whole of x is dropped for a picture with this probability, else scaled up (Huang et al. 2016). */
  dropPath(x: T, name: string, rate: number): T;
}
