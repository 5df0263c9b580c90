import type { Rng } from "../rng.ts";
import { amount } from "./augmentation.ts";

/** The parameter of an operation without degrees of its own: how much of its result is mixed in, 0..1. */
export interface Partly {
  readonly [key: string]: number;
  readonly share: number;
}

export const drawPartly = (rng: Rng, strength: number): Partly => ({ share: amount(rng, strength) });
