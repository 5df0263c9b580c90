import { shuffled } from "../random.ts";
import { type LabelledImages, selectImages } from "./dataset.ts";

/** One split for everybody, so that no run ever trains on images that another one was chosen by. */
const SPLIT_SEED = 5000;
const MAX_VALIDATION = 5_000;
const VALIDATION_SHARE = 0.1;

/**
 * From so many validation images a class on, chance is even enough, and the first of one shuffled order are taken: the split of CIFAR-10
 * that the shipped models were trained with. Below, each class gives its exact share.
 */
const EVEN_BY_CHANCE = 100;

/**
 * How many of its `counts` images each class gives to a validation split of `total`: in proportion (largest remainders first), at least 1,
 * and never its last one.
 */
const quotas = (counts: readonly number[], total: number): number[] => {
  const all = counts.reduce((sum, it) => sum + it, 0);
  const exact = counts.map((count) => (total * count) / all);
  const rest = total - exact.reduce((sum, it) => sum + Math.floor(it), 0);
  const remainder = (label: number) => (exact[label] as number) % 1;
  const rounded = new Set(
    Array.from(counts.keys())
      .sort((a, b) => remainder(b) - remainder(a) || a - b)
      .slice(0, rest),
  );
  return counts.map((count, label) =>
    Math.min(count - 1, Math.max(1, Math.floor(exact[label] as number) + (rounded.has(label) ? 1 : 0))),
  );
};

/** The images of a data set's training split in two, by their indices. */
export interface ValidationSplit {
  train: Uint32Array<SharedArrayBuffer>;
  validation: Uint32Array<SharedArrayBuffer>;
}

const shared = (indices: readonly number[]): Uint32Array<SharedArrayBuffer> => {
  const out = new Uint32Array(new SharedArrayBuffer(4 * indices.length));
  out.set(indices);
  return out;
};

/**
 * Splits the training images of a data set in two: those to train on, and those that choices are made on (epochs, early stopping, the
 * precision of a file). Validation is min(5000, 10 %), stratified, at least one image a class; a class's only image stays in training.
 * The same images give the same split, everywhere.
 */
export const splitIndices = (images: LabelledImages): ValidationSplit => {
  const order = shuffled(images.count, SPLIT_SEED);
  const total = Math.min(MAX_VALIDATION, Math.round(images.count * VALIDATION_SHARE));
  const counts: number[] = [];
  for (const label of images.labels) counts[label] = (counts[label] ?? 0) + 1;
  const present = Array.from(counts, (count = 0) => count);
  const left = quotas(present, total);
  const isEven = present.every((count) => count === 0 || (total * count) / images.count >= EVEN_BY_CHANCE);
  const isValidation = (index: number, position: number): boolean => {
    if (isEven) return position < total;
    const label = images.labels[index] as number;
    const wanted = left[label] as number;
    left[label] = wanted - 1;
    return wanted > 0;
  };
  const [train, validation]: [number[], number[]] = [[], []];
  order.forEach((index, position) => {
    (isValidation(index, position) ? validation : train).push(index);
  });
  return { train: shared(train), validation: shared(validation) };
};

/** The same as copies of the images. */
export const splitValidation = (images: LabelledImages, size: number): { train: LabelledImages; validation: LabelledImages } => {
  const { train, validation } = splitIndices(images);
  return { train: selectImages(images, size, train), validation: selectImages(images, size, validation) };
};
