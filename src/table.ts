import { escapeMarks } from "./richText.ts";
import type { Language, Text } from "./text.ts";

/** A table in a reply, in the peer's language. Cells are plain text: nothing in them is a mark. */
export interface Table {
  /** Numbers stand right, so that their digits stand below each other. The first column names what a row is about. */
  columns: readonly { title: string; right?: true }[];
  /** As many cells in each row as there are columns. */
  rows: readonly (readonly string[])[];
}

/** A table with the titles of its columns in one of their languages. */
export const tableIn = (
  lang: Language,
  columns: readonly (Text & { right?: true })[],
  rows: readonly (readonly string[])[],
): Table => ({
  columns: columns.map(({ right, ...title }) => ({ title: title[lang], ...(right && { right }) })),
  rows,
});

/** Hangul, Han, Kana, full-width forms and emoji take two places where letters are all of one width. */
const WIDE =
  /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const letters = new Intl.Segmenter();
/** How many letters wide a text is where all letters are of one width. */
export const placesOf = (text: string): number =>
  [...letters.segment(text)].reduce((sum, { segment }) => sum + (WIDE.test(segment) ? 2 : 1), 0);

/** A table as lines of a text, for what cannot show one: aligned where all letters are of one width. Nothing of it is left out. */
export const tableLines = ({ columns, rows }: Table): string[] => {
  const all = [columns.map((it) => it.title), ...rows].map((row) => row.map((cell) => cell.replace(/\s+/g, " ")));
  const widths = columns.map((_, index) => Math.max(...all.map((row) => placesOf(row[index] ?? ""))));
  return all.map((row) =>
    row
      .map((cell, index) => {
        const space = " ".repeat((widths[index] ?? 0) - placesOf(cell));
        return columns[index]?.right ? space + cell : cell + space;
      })
      .join("  ")
      .trimEnd(),
  );
};

/** A reply's text with its table below, for platforms that show no tables and for programs. */
export const textWithTable = ({ text, table }: { text: string; table?: Table }): string =>
  [text, ...(table ? tableLines(table).map(escapeMarks) : [])].filter((line) => line !== "").join("\n");
