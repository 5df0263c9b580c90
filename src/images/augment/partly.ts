import type { Rng } from "../../random.ts";
import type { Text } from "../../text.ts";
import { amount } from "./augmentation.ts";
import { percent } from "./format.ts";

/** The parameter of an operation without degrees of its own: how much of its result is mixed in, 0..1. */
export interface Partly {
  readonly [key: string]: number;
  readonly share: number;
}

export const drawPartly = (rng: Rng, strength: number): Partly => ({ share: amount(rng, strength) });

/** The operation's name, with its share unless that is all of it. */
export const captionShare = ({ en, ko }: Text, { share }: Partly): Text =>
  share === 1 ? { en, ko } : { en: `${en} ${percent(share)}`, ko: `${ko} ${percent(share)}` };
