import type { Rng } from "../../random.ts";
import { sign } from "../../random.ts";
import { amount } from "./augmentation.ts";
import { figure } from "./format.ts";

/** The parameter of Pillow's ImageEnhance family: 1 is the picture itself, 0 its degenerate form, above 1 exaggerates. */
export interface Enhance {
  readonly [key: string]: number;
  readonly factor: number;
}

/** Draws a factor between 1 - 0.9 and 1 + `most`, either way with the same chance. */
export const drawFactor = (rng: Rng, strength: number, most = 0.9): Enhance => {
  const direction = sign(rng);
  const far = amount(rng, strength);
  return { factor: direction > 0 ? 1 + most * far : 1 - 0.9 * far };
};

/** Distance of a factor from 1. */
export const farFromOne = ({ factor }: Enhance): number => Math.abs(factor - 1);

/** A factor as people write it: "×1.32". */
export const times = ({ factor }: Enhance): string => `×${figure(factor, 2)}`;
