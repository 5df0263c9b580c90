import { subSeed } from "../random.ts";

/** What is done to training pictures, as plain data: part of a recipe. */
export interface Augment {
  /** Moved by up to so many whole pixels each way; what comes in at the edge is grey or mirrored. */
  crop?: { pad: number; edge: "grey" | "reflect" };
  /** Mirrored by chance, or every other epoch, where only chance decides which comes first (Jordan 2024). */
  flip?: "random" | "alternating";
  /** Side of a grey hole in pixels; it may hang over the border (DeVries & Taylor 2017). */
  cutout?: number;
  /** A policy as timm writes it, "rand-m9-n2-inc1": two operations drawn from RandAugment's. */
  policy?: string;
  /** Two pictures become one, labels by their shares. */
  mix?: { kind: "cutmix" | "mixup"; alpha: number; chance: number };
}

/** Whether the picture at `place` is mirrored in this epoch: a coin for the first one, the other way round ever after. */
export const flipsIn = (seed: number, place: number, epoch: number): boolean => ((subSeed(seed, place) + epoch) & 1) === 1;
