import { fillGrey, type Image, sameSize } from "../image.ts";

/** Where an output pixel (x, y) comes from: ((a x + b y + c) / w, (d x + e y + f) / w) with w = g x + h y + i, in pixel centres. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number, i: number];

/**
 * The picture seen through a matrix, bilinear. What lies outside is grey ("fill") or the border's colour ("clamp").
 * Only for mappings that do not shrink much: it does not smooth before it samples.
 */
export const warp = (image: Image, [a, b, c, d, e, f, g, h, i]: Matrix, outside: "fill" | "clamp" = "fill"): Image => {
  const { width, height, data: from } = image;
  const out = sameSize(image);
  const to = out.data;
  const clamp = outside === "clamp";
  let at = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const scale = 1 / (g * x + h * y + i);
      let u = (a * x + b * y + c) * scale;
      let v = (d * x + e * y + f) * scale;
      if (clamp) {
        u = u < 0 ? 0 : Math.min(u, width - 1);
        v = v < 0 ? 0 : Math.min(v, height - 1);
      }
      // Written so that NaN and what lies behind the viewer count as outside.
      if (!(scale > 0 && u > -1 && v > -1 && u < width && v < height)) {
        to[at] = fillGrey;
        to[at + 1] = fillGrey;
        to[at + 2] = fillGrey;
        continue;
      }
      const left = Math.floor(u);
      const top = Math.floor(v);
      const du = u - left;
      const dv = v - top;
      const w00 = (1 - du) * (1 - dv);
      const w10 = du * (1 - dv);
      const w01 = (1 - du) * dv;
      const w11 = du * dv;
      const p = (top * width + left) * 3;
      if (left >= 0 && top >= 0 && left < width - 1 && top < height - 1) {
        const q = p + width * 3;
        for (let k = 0; k < 3; k++) {
          const value =
            w00 * (from[p + k] as number) +
            w10 * (from[p + 3 + k] as number) +
            w01 * (from[q + k] as number) +
            w11 * (from[q + 3 + k] as number);
          to[at + k] = (value + 0.5) | 0;
        }
        continue;
      }
      const inLeft = left >= 0;
      const inRight = left + 1 < width;
      const inTop = top >= 0;
      const inBottom = top + 1 < height;
      const q = p + width * 3;
      for (let k = 0; k < 3; k++) {
        const value =
          w00 * (inTop && inLeft ? (from[p + k] as number) : fillGrey) +
          w10 * (inTop && inRight ? (from[p + 3 + k] as number) : fillGrey) +
          w01 * (inBottom && inLeft ? (from[q + k] as number) : fillGrey) +
          w11 * (inBottom && inRight ? (from[q + 3 + k] as number) : fillGrey);
        to[at + k] = (value + 0.5) | 0;
      }
    }
  }
  return out;
};
