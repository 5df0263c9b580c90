import { type Block, box, column } from "./blocks.ts";
import { mixColours } from "./colours.ts";
import { drawText, shrinkToFit, textWidth, truncate, widestLine } from "./text.ts";
import { series, theme } from "./theme.ts";

/** A confusion matrix with its classes' names: row: the true class, column: the predicted one. */
export interface Confusion {
  classes: readonly string[];
  /** How many images of the row's class were predicted as the column's. */
  confusion: readonly (readonly number[])[];
}

const nameStyle = { size: 27 } as const;
const MOST_NAME_WIDTH = 230;
/** Room above the matrix for the predicted classes' names, which stand upright. */
const MOST_NAME_HEIGHT = 220;
const SHARE_WIDTH = 96;
const GAP = 14;
const MOST_CELL = 84;
const CELL_SIZE = 26;
/** "100" in one of 20 columns. */
const LEAST_CELL_SIZE = 18;

/** How many of a class's images there are. */
export const totalOf = (counts: readonly number[]): number => counts.reduce((sum, it) => sum + it, 0);

/** Whether every cell has room for its count; otherwise a matrix shows its rows in percent. */
const fitsCounts = (cell: number, { confusion }: Confusion) =>
  widestLine(
    confusion.flat().map((it) => String(it)),
    { size: CELL_SIZE },
  ) <=
  cell - 4;

/** A matrix as a heat map: right answers in blue, wrong ones in orange, per-class accuracy to the right.  */
export const confusionMatrix = (
  matrix: Confusion,
  heads: { actual: string; predicted: string; accuracy: string },
): Block & { inCounts: boolean } => {
  const { classes, confusion } = matrix;
  const widest = widestLine(classes, nameStyle);
  const nameWidth = Math.min(MOST_NAME_WIDTH, Math.max(widest, textWidth(heads.actual, nameStyle)));
  const nameHeight = Math.min(MOST_NAME_HEIGHT, widest) + GAP;
  const cell = Math.min(MOST_CELL, Math.floor((column.width - nameWidth - SHARE_WIDTH - 2 * GAP) / classes.length));
  const inCounts = fitsCounts(cell, matrix);
  const left = column.x + nameWidth + GAP;
  const shareRight = left + cell * classes.length + GAP + SHARE_WIDTH;
  const top = 40 + nameHeight;
  // Mistakes are compared with the largest of them, or a good model's would all look white.
  const shares = confusion.map((counts) => counts.map((it) => it / Math.max(1, totalOf(counts))));
  const worst = Math.max(0.02, ...shares.flatMap((row, i) => row.filter((_, k) => k !== i)));

  const drawCell = (row: number, col: number, y: number): string => {
    const [share, count] = [shares[row]?.[col] ?? 0, confusion[row]?.[col] ?? 0];
    const strength = row === col ? share : 0.85 * (share / worst);
    const text = inCounts ? String(count) : String(Math.round(share * 100));
    const style = shrinkToFit(text, cell - 3, { size: CELL_SIZE }, LEAST_CELL_SIZE);
    const at = { x: left + col * cell, y: y + top + row * cell };
    const fill = mixColours("#f4f5f9", series[row === col ? 0 : 5], strength);
    const isShown = count > 0 && text !== "0";
    return (
      `<rect x="${at.x}" y="${at.y}" width="${cell - 2}" height="${cell - 2}" fill="${fill}"/>` +
      (isShown
        ? drawText(
            text,
            { x: at.x + cell / 2 - 1, y: at.y + cell / 2 - 1 },
            { ...style, anchor: "middle", centred: true, fill: row === col && strength > 0.55 ? theme.paper : theme.ink },
          )
        : "")
    );
  };
  const height = top + cell * classes.length;
  const block = box(height, ({ y }) =>
    [
      drawText(heads.predicted, { x: left, y: y + 26 }, { ...nameStyle, fill: theme.faint }),
      drawText(heads.actual, { x: left - GAP, y: y + top - GAP }, { ...nameStyle, fill: theme.faint, anchor: "end" }),
      drawText(heads.accuracy, { x: shareRight, y: y + top - GAP }, { ...nameStyle, fill: theme.faint, anchor: "end" }),
      ...classes.flatMap((name, i) => {
        const middle = i * cell + cell / 2 - 1;
        const upright = drawText(truncate(name, MOST_NAME_HEIGHT, nameStyle), { x: 0, y: 0 }, { ...nameStyle, centred: true });
        const share = totalOf(confusion[i] ?? []) === 0 ? "–" : `${((shares[i]?.[i] ?? 0) * 100).toFixed(0)} %`;
        return [
          `<g transform="translate(${left + middle} ${y + top - GAP}) rotate(-90)">${upright}</g>`,
          drawText(
            truncate(name, nameWidth, nameStyle),
            { x: left - GAP, y: y + top + middle },
            { ...nameStyle, anchor: "end", centred: true },
          ),
          ...classes.map((_, k) => drawCell(i, k, y)),
          drawText(share, { x: shareRight, y: y + top + middle }, { ...nameStyle, weight: 600, anchor: "end", centred: true }),
        ];
      }),
    ].join(""),
  );
  return { ...block, inCounts };
};
