const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** What may not be cut: a mark, a character with the backslash before it, or what a reader sees as one character. */
const unitsOf = (text: string): string[] => {
  const parts = text.match(/\\[*`\\]|\*\*|`|[^\\*`]+|[\\*]/g) ?? [];
  return parts.flatMap((part) => (/^[^\\*`]/.test(part) ? [...graphemes.segment(part)].map(({ segment }) => segment) : [part]));
};

interface Marks {
  bold: boolean;
  code: boolean;
}
/** Inside of code, stars are stars. */
const after = ({ bold, code }: Marks, unit: string): Marks => ({
  bold: unit === "**" && !code ? !bold : bold,
  code: unit === "`" ? !code : code,
});
const opening = ({ bold, code }: Marks) => `${bold ? "**" : ""}${code ? "`" : ""}`;
const closing = ({ bold, code }: Marks) => `${code ? "`" : ""}${bold ? "**" : ""}`;

/** Where to cut: after a line if the piece is half full by then, else after a word, else anywhere. */
const cutBefore = (units: readonly string[], fitting: number): number => {
  for (const gap of ["\n", " "]) {
    const at = units.lastIndexOf(gap, fitting - 1) + 1;
    if (at > fitting / 2) return at;
  }
  return fitting;
};

/**
 * Cuts a text into pieces of at most `limit` UTF-16 code units (20 or more), at the end of a line or a word where it can. What was bold or
 * code stays so on both sides of a cut. Pieces have no space at their ends, and none is empty.
 */
export const splitText = (text: string, limit: number): string[] => {
  if (text.length <= limit) return text.trim() === "" ? [] : [text];
  // A character with more marks on it than a piece holds is cut all the same.
  const units = unitsOf(text).flatMap((unit) => (unit.length > limit / 4 ? [...unit] : [unit]));
  const pieces: string[] = [];
  let marks: Marks = { bold: false, code: false };
  for (let from = 0; from < units.length; ) {
    let [length, now, fitting] = [opening(marks).length, marks, 0];
    for (const unit of units.slice(from, from + limit)) {
      const next = after(now, unit);
      length += unit.length;
      if (length + closing(next).length > limit) break;
      now = next;
      fitting++;
    }
    const rest = units.slice(from);
    const count = fitting === rest.length ? fitting : Math.max(1, cutBefore(rest, fitting));
    const taken = rest.slice(0, count);
    const end = taken.reduce(after, marks);
    const content = taken.join("").trim();
    if (content.replace(/\*\*|`/g, "").trim() !== "") pieces.push(opening(marks) + content + closing(end));
    marks = end;
    from += count;
  }
  return pieces;
};
