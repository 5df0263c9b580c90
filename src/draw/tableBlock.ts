import { type Block, box, column } from "./blocks.ts";
import { drawText, truncate, widestLine } from "./text.ts";
import { theme } from "./theme.ts";

const headStyle = { size: 27, fill: theme.faint } as const;
const cellStyle = { size: 30 } as const;
const nameStyle = { size: 30, weight: 600 } as const;
const ROW = 54;
const GAP = 26;
/** What the first column keeps at least, as a share of the table. */
const NAME_SHARE = 0.26;

/** Rows of text under their columns' names: the first column is the rows' name, the others stand to the right. */
export const tableBlock = (columns: readonly string[], rows: readonly (readonly string[])[]): Block | undefined => {
  if (rows.length === 0 || columns.length === 0) return undefined;
  const natural = columns.map((name, i) =>
    Math.max(
      widestLine([name], headStyle),
      widestLine(
        rows.map((row) => row[i] ?? ""),
        i === 0 ? nameStyle : cellStyle,
      ),
    ),
  );
  const others = natural.slice(1);
  const wanted = others.reduce((sum, it) => sum + it + GAP, 0);
  const least = Math.min(natural[0] ?? 0, column.width * NAME_SHARE);
  // Where there is not enough room, only the columns that are wider than their even share give some.
  const room = column.width - least;
  const widths = wanted <= room ? others : shrinkWidest(others, room - others.length * GAP);
  const nameWidth = column.width - widths.reduce((sum, it) => sum + it + GAP, 0);
  const rights = widths.map((_, i) => column.x + nameWidth + widths.slice(0, i + 1).reduce((sum, it) => sum + it + GAP, 0));
  const line = (cells: readonly string[], y: number, isHead: boolean) =>
    cells
      .slice(0, columns.length)
      .map((text, i) =>
        i === 0
          ? drawText(
              truncate(text, nameWidth, isHead ? headStyle : nameStyle),
              { x: column.x, y },
              isHead ? headStyle : nameStyle,
            )
          : drawText(
              truncate(text, widths[i - 1] ?? 0, isHead ? headStyle : cellStyle),
              { x: rights[i - 1] ?? 0, y },
              { ...(isHead ? headStyle : cellStyle), anchor: "end" },
            ),
      )
      .join("");
  return box(40 + rows.length * ROW, ({ y }) =>
    [
      line(columns, y + 26, true),
      ...rows.map((row, i) => {
        const top = y + 40 + i * ROW;
        const rule = `<rect x="${column.x}" y="${top}" width="${column.width}" height="2" fill="${theme.line}"/>`;
        return rule + line(row, top + 38, false);
      }),
    ].join(""),
  );
};

/** Widths lowered to one common limit, so that together they take `room`. */
const shrinkWidest = (widths: readonly number[], room: number): number[] => {
  let [left, limit] = [room, 0];
  for (const [i, width] of widths.toSorted((a, b) => a - b).entries()) {
    limit = left / (widths.length - i);
    if (width > limit) break;
    left -= width;
  }
  return widths.map((it) => Math.min(it, limit));
};
