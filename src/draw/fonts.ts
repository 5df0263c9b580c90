import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Font, openSync } from "fontkit";

/** Pretendard holds Latin and Hangul in one design, so Korean captions never turn into boxes. */
const folder = join(dirname(createRequire(import.meta.url).resolve("pretendard/package.json")), "dist/public/static");
const files = { 400: "Pretendard-Regular.otf", 600: "Pretendard-SemiBold.otf" } as const;

/** The weights that text is set in: regular and semi-bold. */
export type Weight = keyof typeof files;

const fonts = new Map<Weight, Font>();
const fontOf = (weight: Weight): Font => {
  const font = fonts.get(weight) ?? (openSync(join(folder, files[weight])) as Font);
  fonts.set(weight, font);
  return font;
};

/** A word as SVG path data in font units, y upwards, and its advance width in the same units. */
interface Word {
  path: string;
  width: number;
}

/** Captions repeat their words, and shaping one takes longer than drawing it. */
const shaped = new Map<string, Word>();
const MAX_SHAPED = 5000;

const shapeWord = (word: string, weight: Weight): Word => {
  const key = `${weight} ${word}`;
  const found = shaped.get(key);
  if (found) return found;
  const { glyphs, positions, advanceWidth } = fontOf(weight).layout(word);
  let at = 0;
  const letters = glyphs.map(({ path }, i) => {
    const { xAdvance, xOffset, yOffset } = positions[i] as (typeof positions)[number];
    const letter = path.translate(at + xOffset, yOffset).toSVG();
    at += xAdvance;
    return letter;
  });
  if (shaped.size >= MAX_SHAPED) shaped.clear();
  const result = { path: letters.join(""), width: advanceWidth };
  shaped.set(key, result);
  return result;
};

/** A line of text as outlines: path data in font units (y upwards, from x = 0 on the baseline), and how wide the line is in ems. */
export interface ShapedLine {
  words: readonly { x: number; path: string }[];
  widthInEms: number;
  unitsPerEm: number;
}

/** Shapes a line of text in one weight. What measures text and what draws it both use this, so they cannot disagree. */
export const shapeLine = (text: string, weight: Weight): ShapedLine => {
  const { unitsPerEm } = fontOf(weight);
  let x = 0;
  const words = text.split(/(?<= )/).map((word) => {
    const { path, width } = shapeWord(word, weight);
    const placed = { x, path };
    x += width;
    return placed;
  });
  return { words, widthInEms: x / unitsPerEm, unitsPerEm };
};
