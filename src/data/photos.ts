import { UserError } from "../errors.ts";
import { decode } from "../images/decode.ts";
import type { Normalisation } from "../images/normalise.ts";
import { allocateImages, type LabelledImages, selectImages } from "./dataset.ts";

/** A photo somewhere: its bytes when they are needed, and the index of its class. */
export interface Photo {
  label: number;
  bytes(): Promise<Uint8Array>;
}

/** Photos that are opened at a time: as many as libuv has threads for sharp, and so many files are in memory. */
const AT_ONCE = 4;

/**
 * Decodes photos of any format as a data set's images, in their order: each is cut to a square around its middle. Throws decode's
 * UserErrors, or leaves out what it throws them for.
 */
export const decodePhotos = async (
  photos: readonly Photo[],
  size: number,
  { skipUnreadable = false }: { skipUnreadable?: boolean } = {},
): Promise<LabelledImages> => {
  const length = size * size * 3;
  const images = allocateImages(photos.length, size);
  const unreadable = new Set<number>();
  const waiting = photos.entries(); // shared: each takes the next
  const decodeNext = async (): Promise<void> => {
    for (const [n, { label, bytes }] of waiting) {
      try {
        const { image } = await decode(await bytes(), { width: size, height: size, cover: true });
        images.pixels.set(image.data, n * length);
        images.labels[n] = label;
      } catch (error) {
        if (!(skipUnreadable && error instanceof UserError)) throw error;
        unreadable.add(n);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, decodeNext));
  const readable = [...photos.keys()].filter((it) => !unreadable.has(it));
  return unreadable.size === 0 ? images : selectImages(images, size, readable);
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
