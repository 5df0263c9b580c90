import type { Image } from "../images/image.ts";
import type { SaliencyMap } from "../inference/classActivationMap.ts";
import type { Area } from "../inference/preprocess.ts";

const red = [0.13572138, 4.6153926, -42.66032258, 132.13108234, -152.94239396, 59.28637943] as const;
const green = [0.09140261, 2.19418839, 4.84296658, -14.18503333, 4.27729857, 2.82956604] as const;
const blue = [0.1066733, 12.64194608, -60.58204836, 110.36276771, -89.90310912, 27.34824973] as const;

const channel = (terms: readonly number[], x: number): number =>
  Math.round(
    255 *
      Math.min(
        1,
        Math.max(
          0,
          terms.reduceRight((sum, term) => sum * x + term, 0),
        ),
      ),
  );

/** Google's Turbo colours, 0..1 from dark blue over green to dark red, as RGB bytes (Mikhailov 2019, his polynomial). */
export const turbo = (x: number): [number, number, number] => [channel(red, x), channel(green, x), channel(blue, x)];

const MIN_ALPHA = 0.3; // opacity of the colours where the map is 0, so that "nothing" is seen to be a value too
const MAX_ALPHA = 0.62; // and where it is 1: the photo stays visible below
const UNSEEN = 0.4; // brightness of what the model never saw

const palette = Array.from({ length: 256 }, (_, i) => turbo(i / 255));

/** A grid's value at a point (fractions of its sides), bilinear between the middles of its cells. */
const valueAt = ({ rows, columns, values }: SaliencyMap, x: number, y: number): number => {
  const [column, row] = [Math.min(Math.max(x * columns - 0.5, 0), columns - 1), Math.min(Math.max(y * rows - 0.5, 0), rows - 1)];
  const [left, top] = [Math.floor(column), Math.floor(row)];
  const [right, bottom] = [Math.min(left + 1, columns - 1), Math.min(top + 1, rows - 1)];
  const [across, down] = [column - left, row - top];
  const at = (r: number, c: number) => values[r * columns + c] ?? 0;
  const upper = at(top, left) * (1 - across) + at(top, right) * across;
  return upper * (1 - down) + (at(bottom, left) * (1 - across) + at(bottom, right) * across) * down;
};

/** Lays a heat map over the part of a photo that a model saw; the rest, which was cropped away, is darkened. */
export const overlayHeatMap = ({ width, height, data }: Image, map: SaliencyMap, seen: Area): Image => {
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    const v = ((y + 0.5) / height - seen.top) / seen.height;
    for (let x = 0; x < width; x++) {
      const u = ((x + 0.5) / width - seen.left) / seen.width;
      const inside = u >= 0 && u <= 1 && v >= 0 && v <= 1;
      const value = inside ? valueAt(map, u, v) : 0;
      const alpha = MIN_ALPHA + (MAX_ALPHA - MIN_ALPHA) * value;
      const colour = palette[Math.round(value * 255)] ?? [0, 0, 0];
      for (let i = (y * width + x) * 3, channel = 0; channel < 3; i++, channel++) {
        const pixel = data[i] as number;
        out[i] = inside ? pixel * (1 - alpha) + (colour[channel as 0] as number) * alpha : pixel * UNSEEN;
      }
    }
  }
  return { width, height, data: out };
};
