import { fillGrey, type Image, sameSize } from "./image.ts";

/** Where a pixel beyond the edge is read from: as in a mirror whose line is the middle of the last pixel. */
const mirrorIndex = (at: number, size: number): number => (at < 0 ? -at : at >= size ? 2 * size - 2 - at : at);

/**
 * The picture seen through a window moved by whole pixels, `right` and `down`: padding and cropping in one step (the random crop of
 * CIFAR-10's networks). What comes in at the edge is grey, or the picture mirrored there. |right| and |down| below its size.
 */
export const shift = (image: Image, right: number, down: number, edge: "grey" | "reflect"): Image => {
  const { width, height, data: from } = image;
  const out = sameSize(image);
  if (edge === "grey") out.data.fill(fillGrey);
  const [first, end] = [Math.max(0, -right), Math.min(width, width - right)];
  const beyond = Array.from({ length: width }, (_, x) => x).filter((x) => x < first || x >= end);
  for (let y = 0; y < height; y++) {
    const above = edge === "reflect" ? mirrorIndex(y + down, height) : y + down;
    if (above < 0 || above >= height) continue;
    const [source, target] = [above * width, y * width];
    out.data.set(from.subarray((source + first + right) * 3, (source + end + right) * 3), (target + first) * 3);
    if (edge === "grey") continue;
    for (const x of beyond) {
      const [i, o] = [(source + mirrorIndex(x + right, width)) * 3, (target + x) * 3];
      out.data[o] = from[i] as number;
      out.data[o + 1] = from[i + 1] as number;
      out.data[o + 2] = from[i + 2] as number;
    }
  }
  return out;
};
