import type { Rng } from "../../random.ts";
import { beta } from "../../random.ts";
import type { Image } from "../image.ts";

/** What mixing two pictures of one size gives. */
export interface Mixed {
  image: Image;
  /** The label's weight of a, after any correction; b has the rest. */
  lambda: number;
  /** Where b lies, in pixels: [left, right) by [top, bottom). Only CutMix has one. */
  box?: Box;
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A way to mix two pictures and their labels. Chance apart from pixels, as with augmentations. */
export interface Mixing {
  draw(rng: Rng, alpha: number): MixParams;
  apply(a: Image, b: Image, params: MixParams): Mixed;
}

/** Drawn weight of a, and for CutMix the middle of the box as a fraction of width and height. */
export interface MixParams {
  readonly lambda: number;
  readonly x: number;
  readonly y: number;
}

/** Draws the weight from Beta(alpha, alpha), and a place evenly. */
export const drawMix = (rng: Rng, alpha: number): MixParams => ({ lambda: beta(rng, alpha), x: rng(), y: rng() });

/** Both mixings need pictures of one size; that is the caller's part. */
export const assertSameSize = (a: Image, b: Image): void => {
  if (a.width !== b.width || a.height !== b.height)
    throw new Error(`Expected two pictures of one size, got ${a.width}x${a.height} and ${b.width}x${b.height}`);
};
