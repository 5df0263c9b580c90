import { type Block, box, column } from "./blocks.ts";
import { drawSwatch, type LineLook, SWATCH } from "./lineLooks.ts";
import { drawText, textWidth, truncate, widestLine } from "./text.ts";
import { theme } from "./theme.ts";

/** A line of a chart: what it is called, and what stands at the right end of its entry. */
export interface LegendEntry {
  look: LineLook;
  name: string;
  value?: string;
}

const nameStyle = { size: 29 } as const;
const valueStyle = { size: 29, weight: 600 } as const;
const ROW = 50;
/** Between a swatch and its name, and between two entries. */
const [INNER, OUTER] = [16, 48];

/** What the lines of a chart are: in two columns where every entry fits into half the width, else one below the other. */
export const legend = (entries: readonly LegendEntry[]): Block | undefined => {
  if (entries.length === 0) return undefined;
  const widest = Math.max(
    ...entries.map(({ name, value }) => textWidth(name, nameStyle) + (value ? textWidth(value, valueStyle) + INNER : 0)),
  );
  const half = (column.width - OUTER) / 2;
  const columns = entries.length > 1 && SWATCH + INNER + widest <= half ? 2 : 1;
  const width = columns === 2 ? half : column.width;
  const rows = Math.ceil(entries.length / columns);
  const values = widestLine(
    entries.map((it) => it.value ?? ""),
    valueStyle,
  );
  return box(rows * ROW, ({ x, y }) =>
    entries
      .map(({ look, name, value }, i) => {
        const left = x + Math.floor(i / rows) * (half + OUTER);
        const middle = y + (i % rows) * ROW + ROW / 2;
        const room = width - SWATCH - INNER - (values > 0 ? values + INNER : 0);
        return [
          drawSwatch(look, { x: left, y: middle }),
          drawText(truncate(name, room, nameStyle), { x: left + SWATCH + INNER, y: middle + 10 }, nameStyle),
          value ? drawText(value, { x: left + width, y: middle + 10 }, { ...valueStyle, anchor: "end", fill: theme.ink }) : "",
        ].join("");
      })
      .join(""),
  );
};
