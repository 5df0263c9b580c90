import { cutout } from "../images/augment/cutout.ts";
import { flip } from "../images/augment/flip.ts";
import type { Image } from "../images/image.ts";
import { cutmix } from "../images/mix/cutmix.ts";
import { mixup } from "../images/mix/mixup.ts";
import { type Normalisation, normaliser } from "../images/normalise.ts";
import { drawTimm } from "../images/policy/drawTimm.ts";
import { applySteps } from "../images/policy/operations.ts";
import { parseTimm } from "../images/policy/timm.ts";
import { shift } from "../images/shift.ts";
import { type Rng, seeded, shuffled, subSeed } from "../random.ts";
import type { LabelledImages } from "./dataset.ts";

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

/** Everything that decides a batch. Plain data and shared memory, so that it can be handed to a worker thread. */
export interface BatchPlan {
  images: LabelledImages;
  size: number;
  classes: number;
  normalisation: Normalisation;
  batch: number;
  seed: number;
  augment: BatchAugmentation;
}

/** One batch: arrays by name, row after row. `x` are images, normalised, [height, width, channels]; `y` the share of each class. */
export type Batch = Readonly<Record<string, Float32Array>>;

/**
 * Where batches come from. `next` is a pure function of the step (and of the seed the source was made with), so that a run
 * that goes on from a checkpoint sees exactly the images it would have seen.
 */
export interface BatchSource {
  /** Images in a batch. */
  batch: number;
  /** The shape of one row of each array: { x: [32, 32, 3], y: [10] }. */
  shapes: Readonly<Record<string, readonly number[]>>;
  next(step: number): Batch | Promise<Batch>;
}

/** Images [batch, size, size, 3], normalised, and their labels as shares of the classes [batch, classes]. */
export interface LabelledBatch {
  [name: string]: Float32Array<ArrayBuffer>;
  x: Float32Array<ArrayBuffer>;
  y: Float32Array<ArrayBuffer>;
}

/** Steps of one pass over the images; those that do not fill a last batch are left for another epoch. */
export const stepsPerEpoch = ({ images, batch }: { images: { count: number }; batch: number }): number =>
  Math.floor(images.count / batch);

const { floor } = Math;

/** Whether the image at `index` is mirrored in this epoch: a coin for the first one, the other way round ever after. */
const alternatingFlip = (seed: number, index: number, epoch: number): boolean => ((subSeed(seed, index) + epoch) & 1) === 1;

/** Makes the function from a step's number to its batch. The same plan and step give the same batch, in any process and any order. */
export const batches = (plan: BatchPlan): ((step: number) => LabelledBatch) => {
  const { images, size, classes, batch, seed, augment } = plan;
  const { crop, mix, cutout: hole } = augment;
  const pad = crop?.pad ?? 0;
  const policy = augment.policy === undefined ? undefined : parseTimm(augment.policy);
  const write = normaliser(plan.normalisation, "NHWC");
  const length = size * size * 3;
  const perEpoch = stepsPerEpoch(plan);
  if (perEpoch === 0) throw new Error(`A batch of ${batch} needs at least as many images; there are ${images.count}.`);
  let orderedEpoch = -1;
  let order: Uint32Array = new Uint32Array();

  const imageAt = (index: number): Image => ({
    width: size,
    height: size,
    data: images.pixels.subarray(index * length, (index + 1) * length),
  });

  /** The image as this epoch shows it. The order in which numbers are drawn is part of what a seed means. */
  const augmented = (image: Image, flipped: boolean, rng: Rng): Image => {
    const offset = () => floor(rng() * (2 * pad + 1)) - pad;
    const [right, down] = [offset(), offset()];
    const mirrored = flip.apply(image, { done: flipped ? 1 : 0 });
    const moved = crop ? shift(mirrored, flipped ? -right : right, down, crop.edge) : mirrored;
    return hole ? cutout.apply(moved, { x: rng(), y: rng(), size: hole / size }) : moved;
  };

  return (step) => {
    const epoch = floor(step / perEpoch);
    if (orderedEpoch !== epoch) {
      orderedEpoch = epoch;
      order = shuffled(images.count, subSeed(seed, epoch));
    }
    const first = (step % perEpoch) * batch;
    const x = new Float32Array(batch * length);
    const y = new Float32Array(batch * classes);
    for (let n = 0; n < batch; n++) {
      const index = order[first + n] as number;
      const rng = seeded(subSeed(subSeed(seed ^ 0x5eed, epoch), index));
      let image = imageAt(index);
      let share = 1;
      if (policy) image = applySteps(image, drawTimm(rng, policy));
      if (mix && rng() < mix.probability) {
        const other = order[first + ((n + 1) % batch)] as number;
        const mixing = mix.kind === "cutmix" ? cutmix : mixup;
        const mixed = mixing.apply(image, imageAt(other), mixing.draw(rng, mix.alpha));
        [image, share] = [mixed.image, mixed.lambda];
        y[n * classes + (images.labels[other] as number)] = 1 - share;
      }
      const label = n * classes + (images.labels[index] as number);
      y[label] = (y[label] as number) + share;
      const flipped =
        augment.flip === "alternating" ? alternatingFlip(seed, index, epoch) : augment.flip === "random" && rng() < 0.5;
      write(augmented(image, flipped, rng).data, x, n * length);
    }
    return { x, y };
  };
};
