import { type Block, box, column, wrapTo } from "./blocks.ts";
import { drawText, shrinkToFit, textWidth, truncate } from "./text.ts";
import { series, theme } from "./theme.ts";

const nameStyle = { size: 28, weight: 600 } as const;
const textStyle = { size: 28 } as const;
const faintStyle = { size: 27, fill: theme.faint } as const;
const LINE = 39;
const NAME_WIDTH = 168;
const GAP = 24;
/** Of a longer line, the rest is left out. */
const MOST_LINES = 2;

/** Who, and what: a name beside its text. */
export const saidRow = ({ who, text }: { who: string; text: string }): Block => {
  const lines = wrapTo(text.replace(/\s+/g, " "), column.width - NAME_WIDTH - GAP, textStyle, MOST_LINES);
  const style = shrinkToFit(who, NAME_WIDTH, nameStyle, 22);
  return box(lines.length * LINE, ({ x, y }) =>
    [
      drawText(truncate(who, NAME_WIDTH, style), { x, y: y + 28 }, { ...style, fill: theme.accent }),
      ...lines.map((line, i) => drawText(line, { x: x + NAME_WIDTH + GAP, y: y + 28 + i * LINE }, textStyle)),
    ].join(""),
  );
};

/** A remark in grey. */
export const faintRow = (text: string): Block =>
  box(LINE, ({ x, y, width }) => drawText(truncate(text, width, faintStyle), { x, y: y + 28 }, faintStyle));

/** Text with a word that stands right, in a colour of its own, and a line in grey below. */
export const verdictRow = ({ text, word, fill, below }: { text: string; word: string; fill: string; below: string }): Block => {
  const wordWidth = textWidth(word, nameStyle);
  const lines = wrapTo(text.replace(/\s+/g, " "), column.width - wordWidth - 2 * GAP, textStyle, MOST_LINES);
  return box((lines.length + (below ? 1 : 0)) * LINE, ({ x, y, width }) =>
    [
      ...lines.map((line, i) => drawText(line, { x, y: y + 28 + i * LINE }, textStyle)),
      drawText(word, { x: x + width, y: y + 28 }, { ...nameStyle, fill, anchor: "end" }),
      below ? drawText(truncate(below, width, faintStyle), { x, y: y + 28 + lines.length * LINE }, faintStyle) : "",
    ].join(""),
  );
};

/** A name with a bar as long as its count, `most` being the longest. */
export const countRow = ({ name, count, most }: { name: string; count: number; most: number }): Block => {
  const left = 440;
  const room = column.width - left - 90;
  return box(44, ({ x, y, width }) =>
    [
      drawText(truncate(name, left - GAP, textStyle), { x, y: y + 31 }, textStyle),
      `<rect x="${x + left}" y="${y + 10}" width="${Math.max(6, Math.round((room * count) / Math.max(1, most)))}" height="26" rx="6" fill="${series[5]}"/>`,
      drawText(`×${count}`, { x: x + width, y: y + 31 }, { ...nameStyle, anchor: "end" }),
    ].join(""),
  );
};

/** Somebody who rose: a triangle upwards, and from which place to which. */
export const risenRow = ({
  name,
  from,
  to,
  beside,
}: {
  name: string;
  from: number | null;
  to: number;
  beside: string;
}): Block => {
  const places = from === null ? `#${to}` : `#${from} → #${to}`;
  const right = `${places}   ${beside}`;
  const room = column.width - 44 - GAP - textWidth(right, nameStyle);
  return box(44, ({ x, y, width }) =>
    [
      `<path d="M${x + 4} ${y + 32}L${x + 16} ${y + 12}L${x + 28} ${y + 32}Z" fill="${theme.good}"/>`,
      drawText(truncate(name, room, textStyle), { x: x + 44, y: y + 31 }, textStyle),
      drawText(right, { x: x + width, y: y + 31 }, { ...nameStyle, anchor: "end" }),
    ].join(""),
  );
};

/** Something to take along, on a coloured panel: a small title, and the text below it. */
export const panel = ({ title, text, strong }: { title: string; text: string; strong?: string }, fill: string): Block => {
  const inner = column.width - 2 * GAP;
  const strongStyle = { size: 34, weight: 600 } as const;
  const strongs = strong ? wrapTo(strong, inner, strongStyle, 2) : [];
  const lines = text ? wrapTo(text, inner, textStyle, 4) : [];
  const top = 54;
  const height = top + strongs.length * 46 + lines.length * LINE + 26;
  return box(height, ({ x, y, width }) =>
    [
      `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="16" fill="${fill}"/>`,
      drawText(title, { x: x + GAP, y: y + 44 }, faintStyle),
      ...strongs.map((line, i) => drawText(line, { x: x + GAP, y: y + top + 38 + i * 46 }, strongStyle)),
      ...lines.map((line, i) => drawText(line, { x: x + GAP, y: y + top + strongs.length * 46 + 32 + i * LINE }, textStyle)),
    ].join(""),
  );
};
