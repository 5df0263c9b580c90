import { cutout } from "../images/augment/cutout.ts";
import { flip } from "../images/augment/flip.ts";
import type { Image } from "../images/image.ts";
import { cutmix } from "../images/mix/cutmix.ts";
import { mixup } from "../images/mix/mixup.ts";
import { drawTimm } from "../images/policy/drawTimm.ts";
import { applySteps } from "../images/policy/operations.ts";
import { parseTimm } from "../images/policy/timm.ts";
import { shift } from "../images/shift.ts";
import { type Rng, seeded, subSeed } from "../random.ts";

/** What is done to training images, as plain data: part of a recipe. */
export interface BatchAugmentation {
  /** Moved by up to so many whole pixels each way; what comes in at the edge is grey or mirrored. */
  crop?: { pad: number; edge: "grey" | "reflect" };
  /** Mirrored by chance, or every other epoch, where only chance decides which comes first (Jordan 2024). */
  flip?: "random" | "alternating";
  /** Side of a grey hole in pixels; it may hang over the border (DeVries & Taylor 2017). */
  cutout?: number;
  /** A policy as timm writes it, "rand-m9-n2-inc1": two operations drawn from RandAugment's. */
  policy?: string;
  /** Two images become one, labels by their shares. */
  mix?: { kind: "cutmix" | "mixup"; alpha: number; probability: number };
}

/** Whether every image is only ever shown as it is or mirrored, so that what a teacher says of it can be looked up. */
export const hasFixedViews = ({ crop, cutout, policy, mix }: BatchAugmentation): boolean =>
  crop === undefined && cutout === undefined && policy === undefined && mix === undefined;

/** An image as one epoch shows it. */
export interface AugmentedPicture {
  image: Image;
  /** Whether it is mirrored. */
  flipped: boolean;
  /** The share of the label that is its own; the rest is `other`'s. */
  share: number;
}

/** Whether the image at `index` is mirrored in this epoch: a coin for the first one, the other way round ever after. */
const alternatingFlip = (seed: number, index: number, epoch: number): boolean => ((subSeed(seed, index) + epoch) & 1) === 1;

/**
 * Makes the function that shows the image at an index as an epoch does; `other` is what it is mixed with, where it is. The same
 * seed, epoch and index give the same bytes. The order in which numbers are drawn is part of what a seed means.
 */
export const pictureAugmenter = (
  augment: BatchAugmentation,
  { size, seed }: { size: number; seed: number },
): ((image: Image, at: { index: number; epoch: number }, other: () => Image) => AugmentedPicture) => {
  const { crop, mix, cutout: hole } = augment;
  const pad = crop?.pad ?? 0;
  const policy = augment.policy === undefined ? undefined : parseTimm(augment.policy);

  const moved = (image: Image, flipped: boolean, rng: Rng): Image => {
    const offset = () => Math.floor(rng() * (2 * pad + 1)) - pad;
    const [right, down] = [offset(), offset()];
    const mirrored = flip.apply(image, { done: flipped ? 1 : 0 });
    const shifted = crop ? shift(mirrored, flipped ? -right : right, down, crop.edge) : mirrored;
    return hole ? cutout.apply(shifted, { x: rng(), y: rng(), size: hole / size }) : shifted;
  };

  return (original, { index, epoch }, other) => {
    const rng = seeded(subSeed(subSeed(seed ^ 0x5eed, epoch), index));
    let [image, share] = [policy ? applySteps(original, drawTimm(rng, policy)) : original, 1];
    if (mix && rng() < mix.probability) {
      const mixing = mix.kind === "cutmix" ? cutmix : mixup;
      const mixed = mixing.apply(image, other(), mixing.draw(rng, mix.alpha));
      [image, share] = [mixed.image, mixed.lambda];
    }
    const flipped =
      augment.flip === "alternating" ? alternatingFlip(seed, index, epoch) : augment.flip === "random" && rng() < 0.5;
    return { image: moved(image, flipped, rng), flipped, share };
  };
};
