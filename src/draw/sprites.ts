import { shapeLine, type Weight } from "./fonts.ts";
import { unescapeXml } from "./outlines.ts";
import { rasterise } from "./svg.ts";

/** A drawn element: RGBA, its colours multiplied by their alpha, with the pixel of the whole picture at which it begins. */
export interface Sprite {
  left: number;
  top: number;
  width: number;
  height: number;
  pixels: Uint8Array;
}

type Drawn = Pick<Sprite, "width" | "height" | "pixels">;

/** Cards repeat their labels and sentences. As many pixels are kept as some hundred lines of text have, the most recently used. */
const MOST_PIXELS = 4_000_000;
const kept = new Map<string, Drawn>();
let keptPixels = 0;

const keep = (key: string, draw: () => Drawn): Drawn => {
  const found = kept.get(key);
  if (found) kept.delete(key);
  const drawn = found ?? draw();
  kept.set(key, drawn); // a Map keeps its order of insertion: the end is the most recently used
  if (!found) keptPixels += drawn.width * drawn.height;
  for (const [oldest, it] of kept) {
    if (keptPixels <= MOST_PIXELS || it === drawn) break;
    kept.delete(oldest);
    keptPixels -= it.width * it.height;
  }
  return drawn;
};

/** The elements that are drawn apart, with nothing in them that reaches beyond their box or to other elements. */
const ELEMENT = /<(text|rect) x="(-?[\d.]+)" y="(-?[\d.]+)"([^<>]*?)(?:\/>|>([^<]*)<\/text>)/y;
const BEYOND = /stroke|transform|url\(|filter|style=/;
const numberIn = (attributes: string, name: string, preset: number): number =>
  Number(new RegExp(` ${name}="([\\d.]+)"`).exec(attributes)?.[1] ?? preset);

/** How far letters reach over and below their baseline, and out of their advance widths, in multiples of the font size; generously. */
const [ABOVE, BELOW, ASIDE] = [1.15, 0.45, 0.15];

/** The box of a text around its x and y. */
const boxOfText = (attributes: string, content: string) => {
  const size = numberIn(attributes, "font-size", 16);
  const weight = numberIn(attributes, "font-weight", 400) as Weight;
  const width = shapeLine(unescapeXml(content), weight).widthInEms * size;
  const anchor = attributes.includes('text-anchor="end"') ? 1 : attributes.includes('text-anchor="middle"') ? 0.5 : 0;
  const aside = ASIDE * size + 1;
  const lower = attributes.includes("dominant-baseline") ? size / 2 : 0;
  return { left: -anchor * width - aside, right: (1 - anchor) * width + aside, top: -ABOVE * size, bottom: BELOW * size + lower };
};

/**
 * The parts of a drawing that consists of texts and rectangles alone, each drawn in a box of its own and kept for the next drawing: most of a
 * band of words is paper. Undefined where there is something else in it.
 */
export const spritesOf = (elements: string): Sprite[] | undefined => {
  const sprites: Sprite[] = [];
  for (let at = 0; at < elements.length; ) {
    ELEMENT.lastIndex = at;
    const [element, name, xText, yText, attributes = "", content = ""] = ELEMENT.exec(elements) ?? [];
    if (element === undefined || BEYOND.test(attributes)) return undefined;
    at += element.length;
    const [x, y] = [Number(xText), Number(yText)];
    const rectangle = { left: 0, top: 0, right: numberIn(attributes, "width", 0), bottom: numberIn(attributes, "height", 0) };
    const box = name === "text" ? boxOfText(attributes, content) : rectangle;
    const [left, top] = [Math.floor(x + box.left), Math.floor(y + box.top)];
    const [width, height] = [Math.ceil(x + box.right) - left, Math.ceil(y + box.bottom) - top];
    if (width < 1 || height < 1) continue;
    // Only the fractions of its place make a difference to how it is drawn. Rounded, since numbers are not exact.
    const [dx, dy] = [(x - left).toFixed(3), (y - top).toFixed(3)];
    const moved = `<${name} x="${dx}" y="${dy}"${attributes}${name === "text" ? `>${content}</text>` : "/>"}`;
    const drawn = keep(`${width} ${height} ${moved}`, () => {
      const { pixels } = rasterise(
        `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${moved}</svg>`,
      );
      return { width, height, pixels };
    });
    sprites.push({ left, top, ...drawn });
  }
  return sprites;
};
