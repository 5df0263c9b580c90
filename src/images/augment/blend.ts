import { type Image, sameSize } from "../image.ts";

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
