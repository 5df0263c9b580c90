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

/** Of each of 256 values: the share of the photo that stays, and what its colour adds to it. */
const blends = palette.map((colour, i) => {
  const alpha = MIN_ALPHA + ((MAX_ALPHA - MIN_ALPHA) * i) / 255;
  return { stays: 1 - alpha, red: colour[0] * alpha, green: colour[1] * alpha, blue: colour[2] * alpha };
});
const unseen = { stays: UNSEEN, red: 0, green: 0, blue: 0 };

/** For each pixel along a side: the two cells between whose middles it lies, and how far it is from the first; none where the model saw nothing. */
const cellsAlong = (pixels: number, cells: number, { from, length }: { from: number; length: number }) =>
  Array.from({ length: pixels }, (_, pixel) => {
    const at = ((pixel + 0.5) / pixels - from) / length;
    if (at < 0 || at > 1) return undefined;
    const place = Math.min(Math.max(at * cells - 0.5, 0), cells - 1);
    const first = Math.floor(place);
    return { first, second: Math.min(first + 1, cells - 1), share: place - first };
  });

/** Lays a heat map, bilinear between the middles of its cells, over the part of a photo that a model saw; the rest, which was cropped away, is darkened. */
export const overlayHeatMap = ({ width, height, data }: Image, { rows, columns, values }: SaliencyMap, seen: Area): Image => {
  const out = new Uint8Array(data.length);
  const across = cellsAlong(width, columns, { from: seen.left, length: seen.width });
  const down = cellsAlong(height, rows, { from: seen.top, length: seen.height });
  const row = new Float64Array(columns);
  for (const [y, rowCells] of down.entries()) {
    if (rowCells) {
      const { first, second, share } = rowCells;
      for (let column = 0; column < columns; column++) {
        const [upper, lower] = [values[first * columns + column] ?? 0, values[second * columns + column] ?? 0];
        row[column] = upper * (1 - share) + lower * share;
      }
    }
    for (let x = 0, i = y * width * 3; x < width; x++, i += 3) {
      const cells = rowCells && across[x];
      const value = cells ? (row[cells.first] as number) * (1 - cells.share) + (row[cells.second] as number) * cells.share : 0;
      const { stays, red, green, blue } = (cells ? blends[Math.round(value * 255)] : unseen) ?? unseen;
      out[i] = (data[i] as number) * stays + red;
      out[i + 1] = (data[i + 1] as number) * stays + green;
      out[i + 2] = (data[i + 2] as number) * stays + blue;
    }
  }
  return { width, height, data: out };
};
