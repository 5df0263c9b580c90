import { type Image, sameSize } from "../image.ts";

/** A table of 256 new values for the 256 old ones. */
export const table = (value: (it: number) => number): Uint8Array => Uint8Array.from({ length: 256 }, (_, it) => value(it));

/** Replaces every value by its table's: one table for all three channels, or one for each. */
export const lookup = (image: Image, red: Uint8Array, green = red, blue = red): Image => {
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
