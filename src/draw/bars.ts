import type { Prediction } from "../models/prediction.ts";
import { percent } from "../numbers.ts";
import { drawText, textWidth, truncate } from "./text.ts";
import { theme } from "./theme.ts";

/** Least space between a label and its percentage, as a share of the text's size. */
const LABEL_GAP = 0.8;

/**
 * Classes with their probabilities: label and percentage over a bar, the first one emphasised. In pixels: `width` is that of the
 * whole, `row` the height of each class, `size` that of the text; `pale` emphasises none.
 */
export const drawBars = (
  predictions: readonly Prediction[],
  { x, y, width }: { x: number; y: number; width: number },
  { row, size, pale = false }: { row: number; size: number; pale?: boolean },
): string =>
  predictions
    .map(({ label, probability }, index) => {
      const isFirst = index === 0 && !pale;
      const top = y + index * row;
      const thickness = Math.round(size * 0.36);
      const style = { size, weight: isFirst ? 600 : 400 } as const;
      const share = percent(probability);
      const filled = Math.max(probability * width, probability > 0 ? thickness : 0);
      const bar = (length: number, fill: string) =>
        `<rect x="${x}" y="${top + size * 1.42}" width="${length.toFixed(1)}" height="${thickness}" rx="${thickness / 2}" fill="${fill}"/>`;
      return [
        drawText(
          truncate(label, width - textWidth(share, style) - size * LABEL_GAP, style),
          { x, y: top + size },
          pale ? { ...style, fill: theme.faint } : style,
        ),
        drawText(share, { x: x + width, y: top + size }, { ...style, anchor: "end", fill: isFirst ? theme.ink : theme.faint }),
        bar(width, theme.line),
        bar(filled, isFirst ? theme.accent : theme.accentPale),
      ].join("");
    })
    .join("");
