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
import { type Augment, flipsIn } from "./augment.ts";
import { type Normalisation, normalise, normalisingTable, type Pictures } from "./dataset.ts";
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
  const { crop, mix, cutout: hole } = augment;
  const pad = crop?.pad ?? 0;
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

  /** The picture at `place` as this epoch shows it. The order in which numbers are drawn is part of what a seed means. */
  const seen = (image: Image, flipped: boolean, rng: Rng): Image => {
    const move = () => floor(rng() * (2 * pad + 1)) - pad;
    const [right, down] = [move(), move()];
    const turned = flip.apply(image, { done: flipped ? 1 : 0 });
    const moved = crop ? shift(turned, flipped ? -right : right, down, crop.edge) : turned;
    return hole ? cutout.apply(moved, { x: rng(), y: rng(), size: hole / size }) : moved;
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
      const flipped = augment.flip === "alternating" ? flipsIn(seed, place, epoch) : augment.flip === "random" && rng() < 0.5;
      normalise(seen(image, flipped, rng).data, table, x, n * length);
    }
    return { x, y };
  };
};
