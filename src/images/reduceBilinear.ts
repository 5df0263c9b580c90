import type { Image } from "./image.ts";

interface Rectangle {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** For each pixel of a row or column that is made: the first one it is made of, and the share of each. */
interface Taps {
  first: Int32Array;
  count: number;
  shares: Float32Array;
}

/** A triangle as wide as two of the pixels that are made, or of those it is made of where it grows: PyTorch's and Pillow's antialiased bilinear. */
const tapsOf = (start: number, length: number, size: number): Taps => {
  const scale = length / size;
  const reach = Math.max(1, scale);
  const count = Math.ceil(2 * reach) + 1;
  const first = new Int32Array(size);
  const shares = new Float32Array(size * count);
  for (let i = 0; i < size; i++) {
    const middle = (i + 0.5) * scale;
    const from = Math.max(0, Math.min(length - 1, Math.floor(middle - reach + 0.5)));
    first[i] = start + from;
    let sum = 0;
    for (let k = 0; k < count && from + k < length; k++) {
      const share = Math.max(0, 1 - Math.abs(from + k + 0.5 - middle) / reach);
      shares[i * count + k] = share;
      sum += share;
    }
    for (let k = 0; k < count; k++) shares[i * count + k] = (shares[i * count + k] as number) / sum;
  }
  return { first, count, shares };
};

/**
 * Cuts out `from` and makes it `width` x `height` pixels small, bilinear and antialiased. For pictures of some hundred pixels: libvips takes
 * milliseconds to begin, and is faster from there on (`resize`).
 */
export const reduceBilinear = (image: Image, from: Rectangle, { width, height }: { width: number; height: number }): Image => {
  const across = tapsOf(from.left, from.width, width);
  const down = tapsOf(from.top, from.height, height);
  const { data } = image;
  // Down first: along a row every pixel is reduced alike, in the order in which they lie.
  const length = from.width * 3;
  const rows = new Float32Array(height * length);
  for (let y = 0; y < height; y++) {
    for (let k = 0; k < down.count; k++) {
      const share = down.shares[y * down.count + k] as number;
      if (share === 0) continue; // among them are those beyond the edge
      const start = (((down.first[y] as number) + k) * image.width + from.left) * 3;
      for (let x = 0, to = y * length; x < length; x++, to++)
        rows[to] = (rows[to] as number) + share * (data[start + x] as number);
    }
  }
  const out = new Uint8Array(width * height * 3);
  for (let x = 0; x < width; x++) {
    const first = (across.first[x] as number) - from.left;
    for (let y = 0; y < height; y++) {
      let [red, green, blue] = [0, 0, 0];
      for (let k = 0, at = y * length + first * 3; k < across.count; k++, at += 3) {
        const share = across.shares[x * across.count + k] as number;
        if (share === 0) continue;
        red += share * (rows[at] as number);
        green += share * (rows[at + 1] as number);
        blue += share * (rows[at + 2] as number);
      }
      const to = (y * width + x) * 3;
      out[to] = Math.round(red);
      out[to + 1] = Math.round(green);
      out[to + 2] = Math.round(blue);
    }
  }
  return { width, height, data: out };
};
