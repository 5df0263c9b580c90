import type { Rng } from "../../random.ts";

/** The parameter of an operation that is either done or not: strength is its probability. */
export interface Chance {
  readonly [key: string]: number;
  readonly done: 0 | 1;
}

/** Done with probability `strength`. The same stream that does it at one strength does it at every higher one. Takes one number. */
export const drawChance = (rng: Rng, strength: number): Chance => ({ done: rng() < strength ? 1 : 0 });
