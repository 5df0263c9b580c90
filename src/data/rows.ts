import { type Normalisation, normaliser } from "../images/normalise.ts";
import type { LabelledImages } from "./dataset.ts";

/** What a network is fed, a few rows at a time, so that a whole data set never lies in memory as floating-point numbers. */
export interface Rows {
  /** Of one row: [size, size, 3] for pictures, [width] for features. */
  shape: readonly number[];
  /** Writes `count` rows from the one at `from` on, one after another, to the beginning of `to`. */
  write(from: number, count: number, to: Float32Array): void;
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
  const normalise = normaliser(normalisation, "NHWC");
  return {
    shape: [size, size, 3],
    labels: Uint8Array.from(indices, (index) => labels[index] as number),
    write: (from, rows, to) => {
      for (let i = 0; i < rows; i++) {
        const index = indices[from + i] as number;
        normalise(pixels.subarray(index * length, (index + 1) * length), to, i * length);
      }
    },
  };
};

/** Rows that lie in memory already, such as features: `data` is [labels × shape]. */
export const rowsOf = (data: Float32Array, shape: readonly number[], labels: ArrayLike<number>): EvaluationRows => {
  const length = shape.reduce((product, it) => product * it, 1);
  return { shape, labels, write: (from, count, to) => to.set(data.subarray(from * length, (from + count) * length)) };
};
