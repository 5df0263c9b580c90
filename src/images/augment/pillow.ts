import { type Image, sameSize } from "../image.ts";

/** A table of 256 new values for the 256 old ones. */
export const lookupTable = (value: (it: number) => number): Uint8Array => Uint8Array.from({ length: 256 }, (_, it) => value(it));

/** Replaces every value by its table's: one table for all three channels, or one for each. */
export const applyTables = (image: Image, red: Uint8Array, green = red, blue = red): Image => {
  const from = image.data;
  const out = sameSize(image);
  const to = out.data;
  for (let i = 0; i < from.length; i += 3) {
    to[i] = red[from[i] as number] as number;
    to[i + 1] = green[from[i + 1] as number] as number;
    to[i + 2] = blue[from[i + 2] as number] as number;
  }
  return out;
};

/** Brightness of one pixel, 0..255: ITU-R 601 weights in 16-bit fixed point, as Pillow's convert("L"). */
export const lumaOf = (red: number, green: number, blue: number): number =>
  (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;

/** The picture without its colours. */
export const toGrey = (image: Image): Image => {
  const from = image.data;
  const out = sameSize(image);
  for (let i = 0; i < from.length; i += 3) {
    const luma = lumaOf(from[i] as number, from[i + 1] as number, from[i + 2] as number);
    out.data[i] = luma;
    out.data[i + 1] = luma;
    out.data[i + 2] = luma;
  }
  return out;
};

/** Mean brightness, rounded to the nearest integer. */
export const meanLuma = ({ data }: Image): number => {
  let sum = 0;
  for (let i = 0; i < data.length; i += 3) sum += lumaOf(data[i] as number, data[i + 1] as number, data[i + 2] as number);
  return Math.floor(sum / (data.length / 3) + 0.5);
};

/**
 * Between `from` (factor 0) and `to` (factor 1), or beyond: Pillow's ImagingBlend to the bit, so in 32-bit floats, clipped and cut
 * off instead of rounded. Takes and returns 0..255.
 */
export const blendValue = (from: number, to: number, factor: number): number => {
  const value = Math.fround(from + Math.fround(Math.fround(factor) * (to - from)));
  return value <= 0 ? 0 : value >= 255 ? 255 : Math.trunc(value);
};

/** The same for whole pictures of one size. */
export const blend = (from: Image, to: Image, factor: number): Image => {
  const out = sameSize(to);
  for (let i = 0; i < out.data.length; i++) out.data[i] = blendValue(from.data[i] as number, to.data[i] as number, factor);
  return out;
};
