import { type Normalisation, normalise } from "../images/normalise.ts";

/** Images with their classes in memory, RGB and eight bits each, [count, size, size, 3] row after row. */
export interface LabelledImages {
  count: number;
  /** In shared memory, so that a worker thread reads the same bytes. */
  pixels: Uint8Array<SharedArrayBuffer>;
  /** The index of each image's class. */
  labels: Uint8Array<SharedArrayBuffer>;
}

/** A data set, split as its authors published it. Choices are made on a part of `train` (see `splitValidation`), never on `test`. */
export interface Dataset {
  name: string;
  /** Height and width of its images in pixels. */
  size: number;
  /** Names in the order of the labels. */
  classes: readonly string[];
  normalisation: Normalisation;
  train: LabelledImages;
  test: LabelledImages;
}

/** Room for `count` images of `size` pixels, to be filled by the caller. */
export const allocateImages = (count: number, size: number): LabelledImages => ({
  count,
  pixels: new Uint8Array(new SharedArrayBuffer(count * size * size * 3)),
  labels: new Uint8Array(new SharedArrayBuffer(count)),
});

/** Copies of the images at these indices, in this order. */
export const selectImages = ({ pixels, labels }: LabelledImages, size: number, indices: ArrayLike<number>): LabelledImages => {
  const length = size * size * 3;
  const selected = allocateImages(indices.length, size);
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i] as number;
    selected.pixels.set(pixels.subarray(from * length, (from + 1) * length), i * length);
    selected.labels[i] = labels[from] as number;
  }
  return selected;
};

/** All images as a network takes them: [count, size, size, 3], normalised. */
export const normaliseImages = ({ pixels }: LabelledImages, normalisation: Normalisation): Float32Array =>
  normalise(pixels, normalisation, "NHWC");
