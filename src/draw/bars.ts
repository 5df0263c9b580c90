import type { Prediction } from "../models/prediction.ts";
import { percent } from "../numbers.ts";
import { escapeXml } from "./svg.ts";
import { theme } from "./theme.ts";

/** Roughly how wide letters are in Pretendard, in units of their size; a little too wide rather than too narrow. */
const widths: readonly [RegExp, number][] = [
  [/[\s.,·'|:;!ilI]/u, 0.3],
  [/[\u1100-\uffff]/u, 0.92], // Hangul and its kin fill a square
  [/[mwMW%…—]/u, 0.9],
  [/[A-Z]/u, 0.7],
];
/** About how wide a text will be, in units of its size. */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (widths.find(([kind]) => kind.test(letter))?.[1] ?? 0.58), 0);

/** A text cut so that it fits, with an ellipsis where something is missing. */
export const shortened = (text: string, width: number, size: number): string => {
  if (widthOf(text) * size <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && widthOf(`${letters.join("")}…`) * size > width) letters.pop();
  return `${letters.join("").trimEnd()}…`;
};

export interface Place {
  x: number;
  y: number;
  width: number;
}

/** One line of text in the house's type. */
export const line = (
  text: string,
  { x, y }: { x: number; y: number },
  size: number,
  more: { weight?: 400 | 600; fill?: string; anchor?: string } = {},
) =>
  `<text x="${x}" y="${y}" font-family="${theme.font}" font-size="${size}" font-weight="${more.weight ?? 400}" fill="${more.fill ?? theme.ink}" text-anchor="${more.anchor ?? "start"}">${escapeXml(text)}</text>`;

/** Classes with their probabilities: label and percent over a bar, the first one emphasised. `row` is the height of each. */
export const drawBars = (
  guesses: readonly Prediction[],
  { x, y, width }: Place,
  { row, size }: { row: number; size: number },
): string =>
  guesses
    .map(({ label, probability }, index) => {
      const top = y + index * row;
      const thick = Math.round(size * 0.36);
      const weight = index === 0 ? 600 : 400;
      const share = Math.max(probability * width, probability > 0 ? thick : 0);
      const bar = (length: number, fill: string) =>
        `<rect x="${x}" y="${top + size * 1.42}" width="${length.toFixed(1)}" height="${thick}" rx="${thick / 2}" fill="${fill}"/>`;
      return [
        line(shortened(label, width - size * 4.2, size), { x, y: top + size }, size, { weight }),
        line(percent(probability), { x: x + width, y: top + size }, size, {
          weight,
          anchor: "end",
          fill: index === 0 ? theme.ink : theme.faint,
        }),
        bar(width, theme.line),
        bar(share, index === 0 ? theme.accent : "#91a7ff"),
      ].join("");
    })
    .join("");
