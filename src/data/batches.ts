import type { Image } from "../images/image.ts";
import { cutmix } from "../images/mix/cutmix.ts";
import { mixup } from "../images/mix/mixup.ts";
import { drawTimm } from "../images/policy/drawTimm.ts";
import { applySteps } from "../images/policy/operations.ts";
import { parseTimm } from "../images/policy/timm.ts";
import { type Rng, seeded, subSeed } from "../images/rng.ts";
import { type Augment, flipsIn, mirrored } from "./augment.ts";
import { type Normalisation, normalisingTable, type Pictures } from "./dataset.ts";
import { shuffled } from "./shuffle.ts";

/** Everything that decides a batch. Plain data and shared memory, so that it can be handed to a worker thread. */
export interface BatchPlan {
  pictures: Pictures;
  size: number;
  classes: number;
  normalisation: Normalisation;
  batch: number;
  seed: number;
  augment: Augment;
}

/** Pictures [batch, size, size, 3], normalised, and their labels as shares of the classes [batch, classes]. */
export interface LabelledBatch {
  [name: string]: Float32Array<ArrayBuffer>;
  x: Float32Array<ArrayBuffer>;
  y: Float32Array<ArrayBuffer>;
}

/** Steps of one pass over the pictures; those that do not fill a last batch are left for another epoch. */
export const stepsPerEpoch = ({ pictures, batch }: { pictures: { count: number }; batch: number }): number =>
  Math.floor(pictures.count / batch);

const { floor } = Math;

/** Makes the function from a step's number to its batch. The same plan and step give the same batch, in any process and any order. */
export const batches = (plan: BatchPlan): ((step: number) => LabelledBatch) => {
  const { pictures, size, classes, batch, seed, augment } = plan;
  const { crop, flip, cutout, mix } = augment;
  const policy = augment.policy === undefined ? undefined : parseTimm(augment.policy);
  const table = normalisingTable(plan.normalisation);
  const length = size * size * 3;
  const perEpoch = stepsPerEpoch(plan);
  if (perEpoch === 0) throw new Error(`A batch of ${batch} needs as many pictures; there are ${pictures.count}.`);
  let known = -1;
  let order: Uint32Array = new Uint32Array();

  const imageAt = (place: number): Image => ({
    width: size,
    height: size,
    data: pictures.pixels.subarray(place * length, (place + 1) * length),
  });

  /** The picture moved, mirrored and normalised into `x`. */
  const lay = ({ data }: Image, x: Float32Array, to: number, rng: Rng, flipped: boolean): void => {
    const span = 2 * (crop?.pad ?? 0) + 1;
    const [right, down] = [floor(rng() * span) - (span >> 1), floor(rng() * span) - (span >> 1)];
    const reflect = crop?.edge === "reflect";
    for (let row = 0; row < size; row++) {
      const above = row + down;
      const y = reflect ? mirrored(above, size) : above;
      if (y < 0 || y >= size) continue;
      for (let column = 0; column < size; column++) {
        const beside = (flipped ? size - 1 - column : column) + right;
        const from = reflect ? mirrored(beside, size) : beside;
        if (from < 0 || from >= size) continue;
        const [i, o] = [(y * size + from) * 3, to + (row * size + column) * 3];
        x[o] = table[data[i] as number] as number;
        x[o + 1] = table[256 + (data[i + 1] as number)] as number;
        x[o + 2] = table[512 + (data[i + 2] as number)] as number;
      }
    }
  };

  const pierce = (x: Float32Array, to: number, side: number, rng: Rng): void => {
    const [left, top] = [floor(rng() * size) - (side >> 1), floor(rng() * size) - (side >> 1)];
    const [from, end] = [Math.max(0, left), Math.min(size, left + side)];
    for (let row = Math.max(0, top); row < Math.min(size, top + side); row++)
      x.fill(0, to + (row * size + from) * 3, to + (row * size + end) * 3);
  };

  return (step) => {
    const epoch = floor(step / perEpoch);
    if (known !== epoch) {
      known = epoch;
      order = shuffled(pictures.count, subSeed(seed, epoch));
    }
    const first = (step % perEpoch) * batch;
    const x = new Float32Array(batch * length);
    const y = new Float32Array(batch * classes);
    for (let n = 0; n < batch; n++) {
      const place = order[first + n] as number;
      const rng = seeded(subSeed(subSeed(seed ^ 0x5eed, epoch), place));
      let image = imageAt(place);
      let share = 1;
      if (policy) image = applySteps(image, drawTimm(rng, policy));
      if (mix && rng() < mix.chance) {
        const other = order[first + ((n + 1) % batch)] as number;
        const mixing = mix.kind === "cutmix" ? cutmix : mixup;
        const mixed = mixing.apply(image, imageAt(other), mixing.draw(rng, mix.alpha));
        [image, share] = [mixed.image, mixed.lambda];
        const label = n * classes + (pictures.labels[other] as number);
        y[label] = 1 - share;
      }
      const label = n * classes + (pictures.labels[place] as number);
      y[label] = (y[label] as number) + share;
      const flipped = flip === "alternating" ? flipsIn(seed, place, epoch) : flip === "random" && rng() < 0.5;
      lay(image, x, n * length, rng, flipped);
      if (cutout) pierce(x, n * length, cutout, rng);
    }
    return { x, y };
  };
};
