/** Zero padding: as TensorFlow's "same", none, or this many pixels on every side (as PyTorch says it). */
export type Padding = "same" | "valid" | number;

/**
 * How a layer's weights begin. `he`: normal with variance 2 / fan-out (He et al. 2015), fan-out being kernel² · filters / groups,
 * for convolutions before a ReLU. `glorot`: uniform within ±√(6 / (fan-in + fan-out)). `normal`: with this standard deviation.
 * `dirac`: filter i passes channel i on unchanged; filters beyond the channels are uniform within ±1/√fan-in (Jordan 2024).
 */
export type Initialiser = "he" | "glorot" | "zeros" | "ones" | "dirac" | { normal: number };

export interface ConvOptions {
  filters: number;
  kernel: number;
  /** 1 unless said otherwise. */
  stride?: number;
  /** "same" unless said otherwise. */
  padding?: Padding;
  /** Channels are split into this many groups; as many groups as channels is a depthwise convolution. */
  groups?: number;
  /** On, unless said otherwise; batch normalisation right behind it makes it useless. */
  bias?: boolean;
  /** `he` unless said otherwise. */
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
  /**
   * Batch normalisation over the channels; `momentum` is the share of the old moving value that a step keeps.
   * Unless said otherwise: epsilon 1e-5, momentum 0.9, scale (a trained gamma) on; there is always a trained beta.
   */
  batchNorm(x: T, name: string, options?: { epsilon?: number; momentum?: number; scale?: boolean }): T;
  /** Bias and `glorot` unless said otherwise. */
  dense(x: T, name: string, options: { units: number; bias?: boolean; initialiser?: Initialiser }): T;
  relu(x: T): T;
  /** x · sigmoid(x), also called SiLU (Ramachandran et al. 2017). */
  swish(x: T): T;
  /** x · Φ(x) with the exact error function (Hendrycks & Gimpel 2016). */
  gelu(x: T): T;
  sigmoid(x: T): T;
  /** Stride is `size` and padding "valid" unless said otherwise; padded pixels never win. */
  maxPool(x: T, options: PoolOptions): T;
  /** The same; padded pixels do not count. */
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
