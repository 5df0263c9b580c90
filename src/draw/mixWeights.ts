import { series, theme } from "./theme.ts";

/** Room for the bar below a sheet, in pixels. */
export const weightsHeight = 124;

/** The share of each label as one bar, "0.63 a" and "0.37 b" above it. SVG, `width` wide from `left`, beginning at `top`. */
export const drawWeights = (weightOfA: number, { left, top, width }: { left: number; top: number; width: number }): string => {
  const split = Math.round(width * weightOfA);
  const words = (x: number, anchor: "start" | "end", fill: string, text: string) =>
    `<text x="${x}" y="${top + 32}" text-anchor="${anchor}" font-family="${theme.font}" font-size="34" font-weight="600" fill="${fill}">${text}</text>`;
  const [a, b] = [series[0], series[5]];
  const clip = `<clipPath id="bar"><rect x="${left}" y="${top + 48}" width="${width}" height="44" rx="12"/></clipPath>`;
  const part = (x: number, wide: number, fill: string) =>
    `<rect x="${x}" y="${top + 48}" width="${wide}" height="44" fill="${fill}" clip-path="url(#bar)"/>`;
  return [
    clip,
    words(left, "start", a, `${weightOfA.toFixed(2)} a`),
    words(left + width, "end", b, `${(1 - weightOfA).toFixed(2)} b`),
    part(left, split, a),
    part(left + split, width - split, b),
  ].join("");
};
