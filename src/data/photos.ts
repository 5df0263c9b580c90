import { decode } from "../images/decode.ts";
import type { Normalisation } from "../images/normalise.ts";
import { allocateImages, type LabelledImages } from "./dataset.ts";

/** A photo somewhere: its bytes when they are needed, and the index of its class. */
export interface Photo {
  label: number;
  bytes(): Promise<Uint8Array>;
}

/** Decodes photos of any format as a data set's images: each is cut to a square around its middle. Throws decode's UserErrors. */
export const decodePhotos = async (photos: readonly Photo[], size: number): Promise<LabelledImages> => {
  const images = allocateImages(photos.length, size);
  for (const [n, { label, bytes }] of photos.entries()) {
    const { image } = await decode(await bytes(), { width: size, height: size, cover: true });
    images.pixels.set(image.data, n * size * size * 3);
    images.labels[n] = label;
  }
  return images;
};

/** Mean and standard deviation of each channel over all pixels, 0..1: what a data set is normalised with. */
export const measureNormalisation = ({ pixels }: LabelledImages): Normalisation => {
  const [sums, squares] = [
    [0, 0, 0],
    [0, 0, 0],
  ];
  for (let i = 0; i < pixels.length; i++) {
    const [channel, value] = [i % 3, (pixels[i] as number) / 255];
    sums[channel] = (sums[channel] as number) + value;
    squares[channel] = (squares[channel] as number) + value * value;
  }
  const count = pixels.length / 3;
  const mean = (channel: number) => (sums[channel] as number) / count;
  // Images of a single colour do not vary, and nothing can be divided by a deviation of 0.
  const std = (channel: number) =>
    Math.max(1 / 255, Math.sqrt(Math.max(0, (squares[channel] as number) / count - mean(channel) ** 2)));
  return { mean: [mean(0), mean(1), mean(2)], std: [std(0), std(1), std(2)] };
};
