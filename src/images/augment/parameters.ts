import type { Rng } from "../../random.ts";
import { sign } from "../../random.ts";
import type { Text } from "../../text.ts";
import { drawMagnitude, formatNumber, percent } from "./augmentation.ts";

/** The parameter of an operation that is either done or not: strength is its probability. */
export interface Chance {
  readonly [key: string]: number;
  readonly done: 0 | 1;
}

/** Done with probability `strength`. The same stream that does it at one strength does it at every higher one. Takes one number. */
export const drawChance = (rng: Rng, strength: number): Chance => ({ done: rng() < strength ? 1 : 0 });

/** The parameter of an operation without degrees of its own: how much of its result is mixed in, 0..1. */
export interface Share {
  readonly [key: string]: number;
  readonly share: number;
}

export const drawShare = (rng: Rng, strength: number): Share => ({ share: drawMagnitude(rng, strength) });

/** The operation's name, with its share unless that is all of it. */
export const captionShare = ({ en, ko }: Text, { share }: Share): Text =>
  share === 1 ? { en, ko } : { en: `${en} ${percent(share)}`, ko: `${ko} ${percent(share)}` };

/** The parameter of Pillow's ImageEnhance family: 1 is the picture itself, 0 its degenerate form, above 1 exaggerates. */
export interface Factor {
  readonly [key: string]: number;
  readonly factor: number;
}

/** Draws a factor between 1 - 0.9 and 1 + `most`, either way with the same chance. */
export const drawFactor = (rng: Rng, strength: number, most = 0.9): Factor => {
  const direction = sign(rng);
  const far = drawMagnitude(rng, strength);
  return { factor: direction > 0 ? 1 + most * far : 1 - 0.9 * far };
};

/** Distance of a factor from 1. */
export const distanceFromOne = ({ factor }: Factor): number => Math.abs(factor - 1);

/** A factor as people write it: "×1.32". */
export const formatFactor = ({ factor }: Factor): string => `×${formatNumber(factor, 2)}`;
