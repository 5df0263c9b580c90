import { readFileSync } from "node:fs";
import { rasterise } from "../../src/draw/svg.ts";
import { textBoxes } from "./textBoxes.ts";

type Rgb = readonly [number, number, number];

const css = readFileSync(new URL("../../src/chat/web/page/styles/theme.css", import.meta.url), "utf8");
const [, surface = ""] = /--raised: light-dark\([^,]*, (#\w+)\)/.exec(css) ?? [];
if (!css.includes("--darken: invert(1) hue-rotate(180deg);") || !css.includes("--darken-blend: screen;"))
  throw new Error("Expected the page to darken drawings as `darkened` does");

const rgbOf = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255) as unknown as Rgb;

/**
 * How a colour of a drawing (0..1) is shown where the page is dark: inverted, its hue turned back, then screened over the surface below. The
 * matrix is that of hue-rotate(180deg) in Filter Effects Module Level 1, section 12.1: twice the luma, less the colour.
 */
export const darkened = (colour: Rgb): Rgb => {
  const [r, g, b] = colour.map((it) => 1 - it) as unknown as Rgb;
  const luma = 0.213 * r + 0.715 * g + 0.072 * b;
  const below = rgbOf(surface);
  return [r, g, b].map(
    (it, i) => 1 - (1 - Math.min(1, Math.max(0, 2 * luma - it))) * (1 - (below[i] as number)),
  ) as unknown as Rgb;
};

/** Relative luminance as WCAG 2.2 defines it. */
export const luminance = (colour: Rgb): number => {
  const [r, g, b] = colour.map((it) => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4)) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

const contrast = (a: Rgb, b: Rgb): number => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

/** Pixels of a picture without its words for each of a drawing's: what lies behind a line of text is larger than that. */
const SCALE = 0.25;

/** What is wrong with a drawing in the dark: paper that is not dark, and lines of text with less than `least` of contrast to what lies behind them. */
export const wrongInTheDark = (svg: string, least = 4.5): string[] => {
  const { width, height, pixels } = rasterise(svg.replace(/<text [\s\S]*?<\/text>/g, ""), SCALE);
  const at = (x: number, y: number): Rgb => {
    const place = (Math.min(height - 1, Math.floor(y * SCALE)) * width + Math.min(width - 1, Math.floor(x * SCALE))) * 4;
    return [0, 1, 2].map((i) => (pixels[place + i] as number) / 255) as unknown as Rgb;
  };
  const paper = luminance(darkened(at(4, 4)));
  const faint = textBoxes(svg).boxes.flatMap(({ text, fill, left, right, top, bottom }) => {
    const behind = darkened(at((left + right) / 2, (top + bottom) / 2));
    const got = contrast(darkened(rgbOf(fill)), behind);
    return text.trim() && got < least ? [`"${text}" has a contrast of ${got.toFixed(2)}`] : [];
  });
  return [...(paper < 0.02 ? [] : [`the paper's luminance is ${paper.toFixed(3)}`]), ...faint];
};
