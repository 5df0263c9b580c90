import { type Normalisation, normaliser } from "../images/normalise.ts";
import type { LabelledImages } from "./dataset.ts";

/** What a network is fed, a few rows at a time, so that a whole data set never lies in memory as floating-point numbers. */
export interface Rows {
  /** Of one row: [size, size, 3] for pictures, [width] for features. */
  shape: readonly number[];
  /** `count` rows from the one at `from` on, one after another. */
  read(from: number, count: number): Float32Array;
}

/** Rows whose classes are known. */
export interface EvaluationRows extends Rows {
  /** The index of each row's class; as many as there are rows. */
  labels: ArrayLike<number>;
}

/** Pictures of `size` pixels as rows, normalised when they are read: all of them, or those at `indices`, in that order. */
export const pictureRows = (
  { count, pixels, labels }: LabelledImages,
  size: number,
  normalisation: Normalisation,
  indices: ArrayLike<number> = Uint32Array.from({ length: count }, (_, i) => i),
): EvaluationRows => {
  const length = size * size * 3;
  const write = normaliser(normalisation, "NHWC");
  return {
    shape: [size, size, 3],
    labels: Uint8Array.from(indices, (index) => labels[index] as number),
    read: (from, rows) => {
      const out = new Float32Array(rows * length);
      for (let i = 0; i < rows; i++) {
        const index = indices[from + i] as number;
        write(pixels.subarray(index * length, (index + 1) * length), out, i * length);
      }
      return out;
    },
  };
};

/** Rows that lie in memory already, such as features: `data` is [labels × shape]. */
export const rowsOf = (data: Float32Array, shape: readonly number[], labels: ArrayLike<number>): EvaluationRows => {
  const length = shape.reduce((product, it) => product * it, 1);
  return { shape, labels, read: (from, count) => data.subarray(from * length, (from + count) * length) };
};
