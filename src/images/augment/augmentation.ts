import type { Rng } from "../../random.ts";
import type { Text } from "../../text.ts";
import type { Image } from "../image.ts";

/** What was drawn: plain numbers without pixels as units, so they mean the same on a 32 px batch and on a preview. */
export type Params = Readonly<Record<string, number>>;

/** Chance lives in `draw`, pixels in `apply`: the same parameters always give the same picture. */
export interface Augmentation<P extends Params = Params> {
  /** What it does and what strength 1 means, as one line. */
  about: Text;
  /**
   * Draws parameters for a strength of 0..1. Strength 0 is the identity, and for the same stream `effect` never falls as strength
   * rises; for that, `draw` takes as many numbers from the stream whatever the strength is.
   */
  draw(rng: Rng, strength: number): P;
  /** A new picture of the same size (or the same object where nothing changes). Never writes into its input. */
  apply(image: Image, params: P): Image;
  /** The resolved operation and value: "rotate 27°". */
  caption(params: P): Text;
  /** How far these parameters are from doing nothing; 0 is exactly the identity. Comparable only within one augmentation. */
  effect(params: P): number;
}

/** Identity at run time; keeps each augmentation's own parameters typed inside its file and one type in the table. */
export const augmentation = <P extends Params>(it: Augmentation<P>): Augmentation => it as unknown as Augmentation;

/** Between a third of the strength and all of it: variants differ from each other, and each shows something. Takes one number. */
export const drawMagnitude = (rng: Rng, strength: number): number => (strength * (1 + 2 * rng())) / 3;

/** A number for a caption: few digits, a real minus sign. */
export const formatNumber = (it: number, digits = 0): string => {
  const text = Math.abs(it).toFixed(digits);
  return Number(text) === 0 || it >= 0 ? text : `−${text}`;
};

/** A fraction as a percentage: "63%". */
export const percent = (it: number): string => `${formatNumber(it * 100)}%`;

/** Several captions as one, "between" them a comma; nothing at all is said to be unchanged. */
export const joinCaptions = (captions: readonly Text[], between = ", "): Text =>
  captions.length === 0
    ? { en: "unchanged", ko: "그대로" }
    : { en: captions.map((it) => it.en).join(between), ko: captions.map((it) => it.ko).join(between) };
