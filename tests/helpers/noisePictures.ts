import { allocateImages, type LabelledImages } from "../../src/data/dataset.ts";
import { seeded } from "../../src/random.ts";

/** Pictures of nothing but noise, no two the same, labelled in turn. */
export const noisePictures = (count: number, size: number, classes = 10, seed = 1): LabelledImages => {
  const images = allocateImages(count, size);
  const rng = seeded(seed);
  for (let i = 0; i < images.pixels.length; i++) images.pixels[i] = Math.floor(256 * rng());
  for (let i = 0; i < count; i++) images.labels[i] = i % classes;
  return images;
};
