import { rasterise } from "../draw/svg.ts";
import type { Image } from "./image.ts";

/** Copies a picture onto another at (left, top), cut off at its borders. Writes into `onto`. */
export const paste = (onto: Image, picture: Image, left: number, top: number): void => {
  const width = Math.min(picture.width, onto.width - left);
  const height = Math.min(picture.height, onto.height - top);
  for (let y = 0; y < height; y++) {
    const from = y * picture.width * 3;
    onto.data.set(picture.data.subarray(from, from + width * 3), ((top + y) * onto.width + left) * 3);
  }
};

/** Draws an SVG of the same size over a picture. Writes into `onto`. */
export const drawOver = (onto: Image, svg: string): void => {
  const { pixels } = rasterise(svg);
  const to = onto.data;
  for (let i = 0, j = 0; j < to.length; i += 4, j += 3) {
    const alpha = pixels[i + 3] as number;
    if (alpha === 0) continue;
    // The rasteriser's colours are already multiplied by their alpha.
    const rest = 255 - alpha;
    to[j] = (pixels[i] as number) + Math.round(((to[j] as number) * rest) / 255);
    to[j + 1] = (pixels[i + 1] as number) + Math.round(((to[j + 1] as number) * rest) / 255);
    to[j + 2] = (pixels[i + 2] as number) + Math.round(((to[j + 2] as number) * rest) / 255);
  }
};

/** Every pixel as a square of `times` pixels: a thumbnail enlarged without inventing anything. */
export const enlarge = (image: Image, times: number): Image => {
  if (times === 1) return image;
  const width = image.width * times;
  const height = image.height * times;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / times) * image.width;
    for (let x = 0; x < width; x++) {
      const from = (row + Math.floor(x / times)) * 3;
      const to = (y * width + x) * 3;
      data[to] = image.data[from] as number;
      data[to + 1] = image.data[from + 1] as number;
      data[to + 2] = image.data[from + 2] as number;
    }
  }
  return { width, height, data };
};
