import { describe, expect, it } from "vitest";
import { affineParams } from "../../src/images/augment/affine.ts";
import { augmentations } from "../../src/images/augment/index.ts";
import type { AugmentationName } from "../../src/images/augment/names.ts";
import { type Image, solidImage } from "../../src/images/image.ts";

/** A grey picture, row by row; every number is one pixel. */
const greys = (...rows: number[][]): Image => ({
  width: rows[0]?.length ?? 0,
  height: rows.length,
  data: Uint8Array.from(rows.flat().flatMap((it) => [it, it, it])),
});
const rowsOf = ({ width, height, data }: Image): number[][] =>
  Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => data[(y * width + x) * 3] as number));
const rowsAfter = (name: AugmentationName, image: Image, params: Record<string, number>) =>
  rowsOf(augmentations[name].apply(image, params));

describe("the numbers of Pillow, by hand", () => {
  it("brightness multiplies, clips and cuts off", () => {
    expect(rowsAfter("brightness", greys([10, 101, 200]), { factor: 1.5 })).toEqual([[15, 151, 255]]);
    expect(rowsAfter("brightness", greys([10, 101, 200]), { factor: 0 })).toEqual([[0, 0, 0]]);
  });

  it("contrast turns about the mean brightness: 127.5 rounds to 128, 128 - 64 = 64, 128 + 63.5 cut off = 191", () => {
    expect(rowsAfter("contrast", greys([0, 255]), { factor: 0.5 })).toEqual([[64, 191]]);
    expect(rowsAfter("contrast", greys([0, 255]), { factor: 0 })).toEqual([[128, 128]]);
  });

  it("color turns about the brightness of each pixel: red's is (255 · 19595 + 32768) >> 16 = 76", () => {
    const red = solidImage(1, 1, [255, 0, 0]);
    expect([...augmentations.color.apply(red, { factor: 0 }).data]).toEqual([76, 76, 76]);
    expect([...augmentations.color.apply(red, { factor: 0.5 }).data]).toEqual([165, 38, 38]);
  });

  it("sharpness turns about a smoothed copy, (5 · 130) / 13 = 50, and leaves the border", () => {
    const dot = greys([0, 0, 0], [0, 130, 0], [0, 0, 0]);
    expect(rowsAfter("sharpness", dot, { factor: 0 })).toEqual([
      [0, 0, 0],
      [0, 50, 0],
      [0, 0, 0],
    ]);
    expect(rowsAfter("sharpness", dot, { factor: 2 })).toEqual([
      [0, 0, 0],
      [0, 210, 0],
      [0, 0, 0],
    ]);
  });

  it("posterize keeps the highest bits", () => {
    expect(rowsAfter("posterize", greys([255, 200, 31]), { bits: 3 })).toEqual([[224, 192, 0]]);
  });

  it("solarize inverts from the threshold up; at 256 nothing, at 255 already white", () => {
    expect(rowsAfter("solarize", greys([127, 128, 255]), { threshold: 128 })).toEqual([[127, 127, 0]]);
    expect(rowsAfter("solarize", greys([255]), { threshold: 256 })).toEqual([[255]]);
    expect(rowsAfter("solarize", greys([255]), { threshold: 255 })).toEqual([[0]]);
  });

  it("equalize moves values to their ranks: 256 pixels of 0 and of 10, step (512 - 256) / 255 = 1", () => {
    const image = greys(Array.from({ length: 512 }, (_, i) => (i < 256 ? 0 : 10)));
    expect(new Set(rowsAfter("equalize", image, { share: 1 })[0])).toEqual(new Set([0, 255]));
    expect(rowsAfter("equalize", greys([7, 7, 7]), { share: 1 })).toEqual([[7, 7, 7]]);
  });

  it("autocontrast stretches 50..150 to 0..255: 100 becomes 127.5, cut off", () => {
    expect(rowsAfter("autocontrast", greys([50, 100, 150]), { share: 1 })).toEqual([[0, 127, 255]]);
    expect(rowsAfter("autocontrast", greys([50, 100, 150]), { share: 0.5 })).toEqual([[25, 113, 202]]);
  });

  it("invert and grayscale", () => {
    expect(rowsAfter("invert", greys([0, 100]), { done: 1 })).toEqual([[255, 155]]);
    expect([...augmentations.grayscale.apply(solidImage(1, 1, [255, 0, 0]), { share: 1 }).data]).toEqual([76, 76, 76]);
  });
});

describe("geometry, on pictures that are not square", () => {
  const wide = greys([1, 2, 3, 4], [5, 6, 7, 8]);

  it("flip mirrors left to right, and twice is nothing", () => {
    expect(rowsAfter("flip", wide, { done: 1 })).toEqual([
      [4, 3, 2, 1],
      [8, 7, 6, 5],
    ]);
    const { apply } = augmentations.flip;
    expect(rowsOf(apply(apply(wide, { done: 1 }), { done: 1 }))).toEqual(rowsOf(wide));
  });

  it("rotate turns counter-clockwise about the middle", () => {
    expect(rowsAfter("rotate", greys([1, 2], [3, 4]), { degrees: 90 })).toEqual([
      [2, 4],
      [1, 3],
    ]);
    expect(rowsAfter("rotate", wide, { degrees: 180 })).toEqual([
      [8, 7, 6, 5],
      [4, 3, 2, 1],
    ]);
    const flat = greys([9, 1, 2, 9], [9, 3, 4, 9]);
    expect(rowsAfter("rotate", flat, { degrees: 90 })).toEqual([
      [128, 2, 4, 128],
      [128, 1, 3, 128],
    ]);
  });

  it("affine moves by a share of width and of height", () => {
    expect(rowsAfter("affine", wide, affineParams({ right: 0.25 }))).toEqual([
      [128, 1, 2, 3],
      [128, 5, 6, 7],
    ]);
    expect(rowsAfter("affine", wide, affineParams({ down: -0.5 }))).toEqual([
      [5, 6, 7, 8],
      [128, 128, 128, 128],
    ]);
  });

  it("affine zooms about the middle and shears rows against each other", () => {
    expect(rowsAfter("affine", greys([10, 20, 30]), affineParams({ zoom: 2 }))).toEqual([[15, 20, 25]]);
    const column = greys([0, 9, 0], [0, 9, 0], [0, 9, 0]);
    expect(rowsAfter("affine", column, affineParams({ shearX: 1 }))).toEqual([
      [9, 0, 128],
      [0, 9, 0],
      [128, 0, 9],
    ]);
  });

  it("crop enlarges a part: the left half of a row, sampled at -0.25, 0.25, 0.75, 1.25", () => {
    expect(rowsAfter("crop", greys([0, 100, 200, 250]), { width: 0.5, height: 1, x: 0, y: 0 })).toEqual([[0, 25, 75, 125]]);
  });

  it("perspective moves each corner to where it says", () => {
    const white = solidImage(21, 11, [255, 255, 255]);
    const rows = rowsAfter("perspective", white, { x0: 0.5, y0: 0, x1: 0, y1: 0, x2: 0, y2: 0, x3: 0, y3: 0 });
    expect(rows[0]?.[9]).toBe(128);
    expect(rows[0]?.[10]).toBe(255);
    expect(rows[10]?.every((it) => it === 255)).toBe(true);
    expect(rows[0]?.[20]).toBe(255);
  });

  it("cutout is a square of the shorter side, cut off at the border", () => {
    const rows = rowsAfter("cutout", solidImage(20, 10, [0, 0, 0]), { x: 0.5, y: 0.5, size: 0.4 });
    expect(rows.flat().filter((it) => it === 128)).toHaveLength(16);
    expect(rows[3]?.slice(7, 13)).toEqual([0, 128, 128, 128, 128, 0]);
    const corner = rowsAfter("cutout", solidImage(20, 10, [0, 0, 0]), { x: 0, y: 0, size: 0.4 });
    expect(corner.flat().filter((it) => it === 128)).toHaveLength(4);
  });

  it("blur spreads a dot evenly and keeps its sum", () => {
    const dot = solidImage(41, 41, [0, 0, 0]);
    dot.data.fill(255, (20 * 41 + 20) * 3, (20 * 41 + 21) * 3);
    const rows = rowsAfter("blur", dot, { sigma: 1 / 41 });
    // One over 2πσ² of 255, with σ of one pixel, is 40.6.
    expect(rows[20]?.[20]).toBe(41);
    expect(rows[19]?.[20]).toBe(rows[20]?.[19]);
    expect(rowsAfter("blur", solidImage(9, 5, [77, 77, 77]), { sigma: 0.5 }).flat()).toEqual(Array(45).fill(77));
  });

  it("noise has the spread it says and is centred", () => {
    const values = rowsAfter("noise", solidImage(200, 100, [128, 128, 128]), { sigma: 20, seed: 5 }).flat();
    const mean = values.reduce((a, b) => a + b) / values.length;
    const spread = Math.sqrt(values.reduce((sum, it) => sum + (it - mean) ** 2, 0) / values.length);
    expect(Math.abs(mean - 128)).toBeLessThan(0.6);
    expect(Math.abs(spread - 20)).toBeLessThan(0.5);
  });
});
