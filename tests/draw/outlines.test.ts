import { describe, expect, it } from "vitest";
import { textToPaths } from "../../src/draw/outlines.ts";
import { rasterise } from "../../src/draw/svg.ts";

const [WIDTH, HEIGHT] = [200, 60];
const draw = (attributes: string, words: string) =>
  rasterise(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><text y="40" font-size="30" ${attributes}>${words}</text></svg>`,
  ).pixels;

/** The columns and rows in which there is ink. */
const ink = (pixels: Uint8Array) => {
  const places = Array.from({ length: WIDTH * HEIGHT }, (_, i) => i).filter((i) => (pixels[i * 4 + 3] as number) > 100);
  const [columns, rows] = [places.map((it) => it % WIDTH), places.map((it) => Math.floor(it / WIDTH))];
  return { left: Math.min(...columns), right: Math.max(...columns), top: Math.min(...rows), bottom: Math.max(...rows), places };
};

describe("text as outlines", () => {
  it("stands on its line, from, about or up to its x", () => {
    const [start, middle, end] = ["start", "middle", "end"].map((it) => ink(draw(`x="100" text-anchor="${it}"`, "HEH")));
    expect(start?.left).toBeGreaterThanOrEqual(100);
    expect(start?.left).toBeLessThan(105);
    expect(end?.right).toBeLessThanOrEqual(100);
    expect(end?.right).toBeGreaterThan(95);
    expect(Math.abs((middle?.left ?? 0) + (middle?.right ?? 0) - 200)).toBeLessThanOrEqual(2);
    expect(start?.bottom).toBe(39); // the row above y: H has no descender
    expect((start?.bottom ?? 0) - (start?.top ?? 0)).toBeGreaterThan(18); // capitals are about 0.7 em
  });

  it("stands about its line where that is its middle, and obeys a style as it does attributes", () => {
    const { top, bottom } = ink(draw('x="10" dominant-baseline="central"', "HEH"));
    expect(Math.abs((top + bottom) / 2 - 40)).toBeLessThanOrEqual(1);
    const styled = draw('x="10" style="font-size:20px;font-weight:600;"', "HEH");
    const plain = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><text x="10" y="40" font-size="20" font-weight="600">HEH</text></svg>`;
    expect(styled.equals(rasterise(plain).pixels)).toBe(true);
  });

  it("is Hangul where Hangul was written: every syllable its own shape, none the box of a missing letter", () => {
    const shapes = [..."고양이한글흐림", "\u{10fffd}"].map((it) => draw('x="10"', it).toString("base64"));
    expect(new Set(shapes).size).toBe(8);
  });

  it("is heavier in weight 600, and keeps its colour", () => {
    const count = (weight: number) => ink(draw(`x="10" font-weight="${weight}"`, "mix")).places.length;
    expect(count(600)).toBeGreaterThan(count(400) * 1.1);
    const red = draw('x="10" fill="#ff0000"', "I");
    const at = (ink(red).places[0] as number) * 4;
    expect([...red.subarray(at, at + 3)]).toEqual([red[at + 3], 0, 0]);
  });

  it("undoes what made it safe to stand in an SVG", () => {
    expect(textToPaths('<text x="0" y="0">&lt;</text>')).toContain("<path");
    expect(ink(draw('x="10"', "a&amp;b")).right).toBeLessThan(ink(draw('x="10"', "a&amp;amp;b")).right);
  });

  it("leaves everything else of an SVG alone", () => {
    const svg = '<svg><rect width="3" height="4"/><title>x</title></svg>';
    expect(textToPaths(svg)).toBe(svg);
  });
});
