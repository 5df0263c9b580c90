import { drawText } from "./text.ts";
import { series } from "./theme.ts";

/** Room for the bar below a sheet, in pixels. */
export const weightsHeight = 124;

/** The share of each label as one bar, "0.63 a" and "0.37 b" above it. SVG, `width` wide from `left`, beginning at `top`. */
export const drawWeights = (weightOfA: number, { left, top, width }: { left: number; top: number; width: number }): string => {
  const split = Math.round(width * weightOfA);
  const label = (text: string, x: number, anchor: "start" | "end", fill: string) =>
    drawText(text, { x, y: top + 32 }, { size: 34, weight: 600, anchor, fill });
  const [a, b] = [series[0], series[5]];
  const clip = `<clipPath id="bar"><rect x="${left}" y="${top + 48}" width="${width}" height="44" rx="12"/></clipPath>`;
  const part = (x: number, length: number, fill: string) =>
    `<rect x="${x}" y="${top + 48}" width="${length}" height="44" fill="${fill}" clip-path="url(#bar)"/>`;
  return [
    clip,
    label(`${weightOfA.toFixed(2)} a`, left, "start", a),
    label(`${(1 - weightOfA).toFixed(2)} b`, left + width, "end", b),
    part(left, split, a),
    part(left + split, width - split, b),
  ].join("");
};
