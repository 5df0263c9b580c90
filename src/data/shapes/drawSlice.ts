import { subSeed } from "../../random.ts";
import { drawShape } from "./draw.ts";
import { shapeNames } from "./outlines.ts";

/** Which pictures of a split are drawn, and where to. */
export interface Slice {
  /** Of the whole split, [count, size, size, 3]. */
  pixels: Uint8Array;
  size: number;
  /** That of the split: each picture has its own from it. */
  seed: number;
  /** The first picture, and the one after the last. */
  from: number;
  to: number;
}

/** Draws some pictures of a split: the class of the n-th is n modulo the number of classes. */
export const drawSlice = ({ pixels, size, seed, from, to }: Slice): void => {
  for (let n = from; n < to; n++) pixels.set(drawShape(n % shapeNames.length, subSeed(seed, n), size), n * size * size * 3);
};
