import { shapeLine, type Weight } from "./fonts.ts";
import { escapeXml } from "./svg.ts";
import { theme } from "./theme.ts";

/** How a text is set: its size in pixels, and its weight (400 unless stated). */
export interface TextStyle {
  size: number;
  weight?: Weight;
}

/** How wide a line of text is in pixels, by the font's own advance widths and kerning. */
export const textWidth = (text: string, { size, weight = 400 }: TextStyle): number => shapeLine(text, weight).widthInEms * size;

/** The widest of several lines, in pixels; 0 for none. */
export const widestLine = (lines: readonly string[], style: TextStyle): number =>
  Math.max(0, ...lines.map((it) => textWidth(it, style)));

/** A text cut so that it fits into `width` pixels, with an ellipsis where something is missing. */
export const truncate = (text: string, width: number, style: TextStyle): string => {
  if (textWidth(text, style) <= width) return text;
  // Ligatures and kerning aside, a longer text is a wider one: so the longest that fits is found by halving.
  const letters = [...text];
  let [fits, tooLong] = [0, letters.length];
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (textWidth(`${letters.slice(0, middle).join("")}…`, style) <= width) fits = middle;
    else tooLong = middle;
  }
  return `${letters.slice(0, fits).join("").trimEnd()}…`;
};

/** The style made smaller until the text fits into `width` pixels, but not below `leastSize`. */
export const shrinkToFit = <S extends TextStyle>(text: string, width: number, style: S, leastSize: number): S => {
  const size = Math.floor((style.size * width) / textWidth(text, style));
  return { ...style, size: Math.min(style.size, Math.max(leastSize, size)) };
};

/** Puts pieces on lines while they fit; a piece that is wider than a line is broken at its spaces, a single word is truncated. */
const fill = (pieces: readonly string[], width: number, style: TextStyle): string[] => {
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    const words = piece.split(" ");
    if (last !== undefined && textWidth(`${last} ${piece}`, style) <= width) lines[lines.length - 1] = `${last} ${piece}`;
    else if (words.length > 1 && textWidth(piece, style) > width) lines.push(...fill(words, width, style));
    else lines.push(truncate(piece, width, style));
  }
  return lines;
};

/** Breaks running text between words into lines of at most `width` pixels. Line breaks in it stay. */
export const wrapText = (text: string, width: number, style: TextStyle): string[] =>
  text.split("\n").flatMap((line) => fill(line.split(" "), width, style));

/** The same for enumerations ("rotate 10°, zoom ×1.15"): breaks behind commas where that is enough, else between words. */
export const wrapList = (text: string, width: number, style: TextStyle): string[] =>
  text.split("\n").flatMap((line) => fill(line.split(/(?<=,) /), width, style));

/** How a line of text is drawn, beyond its size and weight. */
interface TextLook extends TextStyle {
  /** The theme's ink unless stated. */
  fill?: string;
  /** What of the text stands at x: its start unless stated. */
  anchor?: "start" | "middle" | "end";
  /** Whether y is the middle of the letters' height; otherwise y is the baseline. */
  centred?: boolean;
}

/** One line of text as an SVG element. */
export const drawText = (
  text: string,
  { x, y }: { x: number; y: number },
  { size, weight = 400, fill = theme.ink, anchor = "start", centred = false }: TextLook,
): string =>
  `<text x="${x}" y="${y}" font-family="${theme.font}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}"${centred ? ' dominant-baseline="central"' : ""}>${escapeXml(text)}</text>`;

/** Baselines of running text are this far apart, in multiples of its size. */
const LEADING = 1.42;

/** Running text in a column, its first line just below y. `bottom` is where the next thing may begin. */
export const drawParagraph = (
  text: string,
  { x, y, width }: { x: number; y: number; width: number },
  look: TextLook,
): { svg: string; bottom: number } => {
  const lines = wrapText(text, width, look);
  const step = Math.round(look.size * LEADING);
  const svg = lines.map((line, i) => drawText(line, { x, y: y + look.size + i * step }, look)).join("");
  return { svg, bottom: y + lines.length * step };
};
