import type { PooledHead } from "../onnx/classifierHead.ts";
import type { Output } from "./session.ts";

/** How much each place of a picture speaks for a class: 0 nothing, 1 the most. Row by row, coarse. */
export interface SaliencyMap {
  rows: number;
  columns: number;
  values: Float32Array;
}

/** Scales to 0..1, what speaks against the class being nothing. A map without any evidence stays 0. */
const scaleToUnit = (rows: number, columns: number, values: Float32Array): SaliencyMap => {
  const most = values.reduce((a, b) => Math.max(a, b), 0);
  return { rows, columns, values: values.map((it) => (most > 0 ? Math.max(0, it) / most : 0)) };
};

/** Class activation map (Zhou et al. 2016): the dense layer's weights of one class, applied at every place before pooling. */
export const classActivationMap = ({ dims, data }: Output, { layout, weights }: PooledHead, index: number): SaliencyMap => {
  const [, a = 0, b = 0, c = 0] = dims;
  const [channels, rows, columns] = layout === "NCHW" ? [a, b, c] : [c, a, b];
  const at = (channel: number, place: number) =>
    data[layout === "NCHW" ? channel * rows * columns + place : place * channels + channel] ?? 0;
  const values = Float32Array.from({ length: rows * columns }, (_, place) => {
    if (!weights) return at(index, place);
    let sum = 0;
    for (let channel = 0; channel < channels; channel++)
      sum += (weights.values[index * channels + channel] ?? 0) * at(channel, place);
    return sum;
  });
  return scaleToUnit(rows, columns, values);
};

/** From the drop of a class's probability with each place covered: a large drop means that place mattered. */
export const probabilityDropMap = (side: number, whole: number, covered: Float32Array): SaliencyMap =>
  scaleToUnit(
    side,
    side,
    covered.map((it) => whole - it),
  );
