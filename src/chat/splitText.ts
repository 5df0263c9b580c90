import { escapeMarks, type Span, spansOf } from "../richText.ts";

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const marks: Readonly<Record<Span["kind"], string>> = { text: "", bold: "**", code: "`" };
const isSpace = ({ text }: Span) => text.trim() === "";

/** Each segment that V8 finds holds a copy of the whole text, so that a long text is looked at a little at a time. */
const WINDOW = 500;

/** What a reader sees as one character each. */
const segmentsOf = (text: string): string[] => {
  const found: string[] = [];
  for (let at = 0; at < text.length; ) {
    const segments = [...graphemes.segment(text.slice(at, at + WINDOW))].map((it) => it.segment);
    // The last may go on beyond the window.
    if (at + WINDOW < text.length && segments.length > 1) segments.pop();
    for (const segment of segments) {
      found.push(segment);
      at += segment.length;
    }
  }
  return found;
};

/** What a reader sees as one character, and how it is set. One with more on it than a piece can hold is cut all the same. */
const charactersOf = (text: string, limit: number): Span[] =>
  spansOf(text).flatMap((span) =>
    segmentsOf(span.text)
      .flatMap((segment) => (segment.length > limit / 4 ? [...segment] : [segment]))
      .map((character) => ({ kind: span.kind, text: character })),
  );

/** Characters as text again, with each mark opened and closed within it. */
const write = (characters: readonly Span[]): string => {
  const runs: Span[] = [];
  for (const { kind, text } of characters) {
    const last = runs.at(-1);
    if (last?.kind === kind) last.text += text;
    else runs.push({ kind, text });
  }
  return runs.map(({ kind, text }) => marks[kind] + escapeMarks(text) + marks[kind]).join("");
};

/** How many of the characters from `from` on can be written within `limit`. */
const fitting = (characters: readonly Span[], from: number, limit: number): number => {
  let length = 0;
  for (let at = from; at < characters.length; at++) {
    const { kind, text } = characters[at] as Span;
    const opens = at === from || characters[at - 1]?.kind !== kind;
    length += escapeMarks(text).length + (opens ? 2 * marks[kind].length : 0);
    if (length > limit) return at - from;
  }
  return characters.length - from;
};

/** Where to cut: after a line if the piece is half full by then, else after a word, else anywhere. */
const cutWithin = (characters: readonly Span[]): number => {
  for (const gap of ["\n", " "]) {
    const at = characters.findLastIndex(({ text }) => text === gap) + 1;
    if (at > characters.length / 2) return at;
  }
  return characters.length;
};

/**
 * Cuts a text into pieces of at most `limit` UTF-16 code units (20 or more), at the end of a line or a word where it can. What was bold or
 * code stays so on both sides of a cut. Pieces have no space at their ends, and none is empty.
 */
export const splitText = (text: string, limit: number): string[] => {
  if (text.length <= limit) return text.trim() === "" ? [] : [text];
  const characters = charactersOf(text, limit);
  const pieces: string[] = [];
  for (let from = 0; from < characters.length; ) {
    const most = Math.max(1, fitting(characters, from, limit));
    const isRest = from + most === characters.length;
    const count = isRest ? most : cutWithin(characters.slice(from, from + most));
    const piece = characters.slice(from, from + count);
    const first = piece.findIndex((character) => !isSpace(character));
    const last = piece.findLastIndex((character) => !isSpace(character));
    if (first >= 0) pieces.push(write(piece.slice(first, last + 1)));
    from += count;
  }
  return pieces;
};
