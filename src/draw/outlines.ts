import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Font, openSync } from "fontkit";

/** Pretendard holds Latin and Hangul in one design, so Korean captions never turn into boxes. */
const folder = join(dirname(createRequire(import.meta.url).resolve("pretendard/package.json")), "dist/public/static");
const files = { "400": "Pretendard-Regular.otf", "600": "Pretendard-SemiBold.otf" } as const;
type Weight = keyof typeof files;

const fonts = new Map<Weight, Font>();
const fontOf = (weight: Weight): Font => {
  const font = fonts.get(weight) ?? (openSync(join(folder, files[weight])) as Font);
  fonts.set(weight, font);
  return font;
};

/** A word's outline in the font's own units, y upwards, and its width. */
interface Word {
  path: string;
  width: number;
}

/** Captions repeat their words, and setting one takes longer than drawing it. */
const known = new Map<string, Word>();
const MAX_KNOWN = 5000;

const setWord = (word: string, weight: Weight): Word => {
  const key = `${weight} ${word}`;
  const found = known.get(key);
  if (found) return found;
  const { glyphs, positions, advanceWidth } = fontOf(weight).layout(word);
  let at = 0;
  const letters = glyphs.map(({ path }, i) => {
    const { xAdvance, xOffset, yOffset } = positions[i] as (typeof positions)[number];
    const letter = path.translate(at + xOffset, yOffset).toSVG();
    at += xAdvance;
    return letter;
  });
  if (known.size >= MAX_KNOWN) known.clear();
  const set = { path: letters.join(""), width: advanceWidth };
  known.set(key, set);
  return set;
};

const characters: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'" };
const unescaped = (text: string): string => text.replace(/&(?:lt|gt|amp|quot|#39);/g, (it) => characters[it] ?? it);

/** How far below the middle of a line its letters stand, as a share of their size: half a capital's height. */
const CAPS_MIDDLE = 0.36;

/** Where a text begins, as a share of its width left of its x. */
const anchors: Readonly<Record<string, number>> = { start: 0, middle: 0.5, end: 1 };

/**
 * Every `<text>` of an SVG as the outlines of its letters: x, y, font-size, font-weight (400 or 600), text-anchor and a central
 * dominant-baseline are obeyed, as attributes or in a style; other attributes are kept. The rasteriser could draw text itself, but
 * reads a whole font file for each letter (thx/resvg-js issue 367).
 */
export const textToPaths = (svg: string): string =>
  svg.replace(/<text\s([^>]*)>([^<]*)<\/text>/g, (_, attributes: string, words: string) => {
    const given = new Map([...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map((it) => [it[1] as string, it[2] as string]));
    for (const [, name, value] of (given.get("style") ?? "").matchAll(/([\w-]+): ?([^;]+)/g))
      given.set(name as string, value as string);
    given.delete("style");
    const take = (name: string, preset: string): string => {
      const value = given.get(name) ?? preset;
      given.delete(name);
      return value;
    };
    const weight = take("font-weight", "400") as Weight;
    const size = Number.parseFloat(take("font-size", "16"));
    const scale = size / fontOf(weight).unitsPerEm;
    let width = 0;
    const drawn = unescaped(words)
      .split(/(?<= )/)
      .map((word) => {
        const { path, width: own } = setWord(word, weight);
        const placed = `<path transform="translate(${width})" d="${path}"/>`;
        width += own;
        return placed;
      });
    const left = Number(take("x", "0")) - (anchors[take("text-anchor", "start")] ?? 0) * width * scale;
    const top = Number(take("y", "0")) + (take("dominant-baseline", "") === "central" ? size * CAPS_MIDDLE : 0);
    given.delete("font-family");
    const kept = [...given].map(([name, value]) => ` ${name}="${value}"`).join("");
    return `<g${kept}><g transform="translate(${left} ${top}) scale(${scale} ${-scale})">${drawn.join("")}</g></g>`;
  });
