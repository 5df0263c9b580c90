import type { Image } from "../images/image.ts";
import { type Normalisation, normaliser } from "../images/normalise.ts";
import { type BatchAugmentation, pictureAugmenter } from "./augmentedPicture.ts";
import type { LabelledImages } from "./dataset.ts";
import { stepOrder } from "./order.ts";

/** Numbers that are known of each image as it is and mirrored: [images × 2 × width]. */
export interface Lookup {
  values: Float32Array;
  width: number;
}

/** Everything that decides a batch. Plain data, large arrays in shared memory, so that it can be handed to a worker thread. */
export interface BatchPlan {
  images: LabelledImages;
  size: number;
  classes: number;
  normalisation: Normalisation;
  batch: number;
  seed: number;
  augment: BatchAugmentation;
  /** The images that an epoch goes through, by index; all of them when left out. */
  pictures?: Uint32Array;
  /** Share of each class, [images × classes], in the place of the labels; a row of zeros is a label that is hidden. */
  targets?: Float32Array;
  /** Arrays that come with each image as it is shown, by name. Only where all views are fixed: see `hasFixedViews`. */
  lookups?: Readonly<Record<string, Lookup>>;
  /** A second look at the same images under another augmentation, as `strong`. */
  strong?: BatchAugmentation;
}

/**
 * One batch: arrays by name, row after row. `x` are images, normalised, [height, width, channels]; `y` the share of each class;
 * `index` says which image each row is, `flipped` (0 or 1) whether it is mirrored.
 */
export type Batch = Readonly<Record<string, Float32Array>>;

/**
 * Where batches come from. `next` is a pure function of the step (and of the seed the source was made with), so that a run
 * that goes on from a checkpoint sees exactly the images it would have seen.
 */
export interface BatchSource {
  /** Images in a batch. */
  batch: number;
  /** The shape of one row of each array that training needs: { x: [32, 32, 3], y: [10] }. */
  shapes: Readonly<Record<string, readonly number[]>>;
  next(step: number): Batch | Promise<Batch>;
}

/** What a plan's batches always have. */
export interface PlannedBatch extends Batch {
  x: Float32Array;
  y: Float32Array;
  index: Float32Array;
  flipped: Float32Array;
}

/** The shapes of a plan's arrays: all but `index` and `flipped`, which are for looking things up. */
export const shapesOf = ({ size, classes, lookups = {}, strong }: BatchPlan): BatchSource["shapes"] => ({
  x: [size, size, 3],
  y: [classes],
  ...(strong && { strong: [size, size, 3] }),
  ...Object.fromEntries(Object.entries(lookups).map(([name, { width }]) => [name, [width]])),
});

/** Makes the second look draw other numbers than the first. */
const STRONG_SALT = 0x57409;

/** Makes the function from a step's number to its batch. The same plan and step give the same batch, in any process and any order. */
export const batches = (plan: BatchPlan): ((step: number) => PlannedBatch) => {
  const { images, size, classes, batch, seed, pictures, targets, lookups = {} } = plan;
  const write = normaliser(plan.normalisation, "NHWC");
  const length = size * size * 3;
  const positionsOf = stepOrder({ count: pictures?.length ?? images.count, batch, seed });
  const weak = pictureAugmenter(plan.augment, { size, seed });
  const strong = plan.strong && pictureAugmenter(plan.strong, { size, seed: seed ^ STRONG_SALT });

  const imageAt = (index: number): Image => ({
    width: size,
    height: size,
    data: images.pixels.subarray(index * length, (index + 1) * length),
  });

  /** Adds a share of an image's label to a row of `y`. */
  const addLabel = (y: Float32Array, row: number, index: number, share: number) => {
    const to = row * classes;
    if (targets) {
      for (let c = 0; c < classes; c++) y[to + c] = (y[to + c] as number) + share * (targets[index * classes + c] as number);
      return;
    }
    const label = to + (images.labels[index] as number);
    y[label] = (y[label] as number) + share;
  };

  return (step) => {
    const { epoch, positions } = positionsOf(step);
    const indexAt = (row: number): number => {
      const position = positions[row] as number;
      return pictures ? (pictures[position] as number) : position;
    };
    const rows = (width: number) => new Float32Array(batch * width);
    const out = { x: rows(length), y: rows(classes), index: rows(1), flipped: rows(1) };
    const more = Object.fromEntries(Object.entries(lookups).map(([name, { width }]) => [name, rows(width)]));
    const second = strong && rows(length);
    for (let n = 0; n < batch; n++) {
      const index = indexAt(n);
      const other = indexAt((n + 1) % batch);
      const shown = weak(imageAt(index), { index, epoch }, () => imageAt(other));
      if (shown.share < 1) addLabel(out.y, n, other, 1 - shown.share);
      addLabel(out.y, n, index, shown.share);
      write(shown.image.data, out.x, n * length);
      out.index[n] = index;
      out.flipped[n] = Number(shown.flipped);
      for (const [name, { values, width }] of Object.entries(lookups)) {
        const from = (2 * index + Number(shown.flipped)) * width;
        more[name]?.set(values.subarray(from, from + width), n * width);
      }
      if (strong)
        write(strong(imageAt(index), { index, epoch }, () => imageAt(other)).image.data, second as Float32Array, n * length);
    }
    return { ...out, ...more, ...(second && { strong: second }) };
  };
};
