import type { DenseLayer } from "../onnx/newHead.ts";

/** By what features are shifted and divided before a new last layer learns from them, feature by feature. */
export interface Standardisation {
  mean: Float32Array;
  scale: Float32Array;
}

/** Features that hardly vary are not blown up: their variance counts as at least this share of the mean variance. */
const LEAST_VARIANCE = 0.1;

/** Measures features [rows × width]; needs at least one row. */
export const measureStandardisation = (values: Float32Array, width: number): Standardisation => {
  const rows = values.length / width;
  const [sums, squares] = [new Float64Array(width), new Float64Array(width)];
  for (let i = 0; i < values.length; i++) sums[i % width] = (sums[i % width] as number) + (values[i] as number);
  const mean = Float32Array.from(sums, (it) => it / rows);
  for (let i = 0; i < values.length; i++) {
    const off = (values[i] as number) - (mean[i % width] as number);
    squares[i % width] = (squares[i % width] as number) + off * off;
  }
  const variance = squares.map((it) => it / rows);
  const least = (LEAST_VARIANCE * variance.reduce((a, b) => a + b, 0)) / width;
  // Where no feature varies at all, as of a single picture, they only lose their mean.
  return { mean, scale: Float32Array.from(variance, (it) => Math.sqrt(it + least) || 1) };
};

/** Standardises features [rows × width] where they lie. */
export const standardise = (values: Float32Array, { mean, scale }: Standardisation): Float32Array => {
  const width = mean.length;
  for (let i = 0; i < values.length; i++)
    values[i] = ((values[i] as number) - (mean[i % width] as number)) / (scale[i % width] as number);
  return values;
};

/** The layer that does to plain features what `layer` does to standardised ones. */
export const forPlainFeatures = (layer: DenseLayer, { mean, scale }: Standardisation): DenseLayer => {
  const classes = layer.bias.length;
  const kernel = layer.kernel.map((it, i) => it / (scale[Math.floor(i / classes)] as number));
  const bias = layer.bias.map((it, k) => mean.reduce((sum, m, f) => sum - m * (kernel[f * classes + k] as number), it));
  return { width: layer.width, kernel, bias };
};
