/** A piece of a text: as it is, bold, or code. */
export interface Span {
  kind: "text" | "bold" | "code";
  text: string;
}

/** What means something in a text; a backslash before one takes its meaning away. */
const SPECIAL = /[\\*`]/g;
const unescaped = (text: string) => text.replace(/\\([\\*`])/g, "$1");

/** Text in which nothing is a mark. */
export const escapeMarks = (text: string): string => text.replace(SPECIAL, "\\$&");
/** Text that somebody else wrote, for use within one of ours: it can neither be bold nor code, nor begin a line. */
export const escapeText = (text: string): string => escapeMarks(text.replace(/\s+/g, " "));

/** One piece from the beginning of what is left: bold, code, an escaped character, or any character. */
const PIECE = /\*\*(?<bold>(?:\\.|[^\\*\n])+)\*\*|`(?<code>(?:\\.|[^\\`\n])+)`|\\[\\*`]|[\s\S]/gu;

/**
 * Takes a text apart. It has two marks only, `**bold**` and `` `code` ``, none within another or over a line's end; where one is not
 * closed, its characters stand for themselves.
 */
export const spansOf = (text: string): Span[] => {
  const spans: Span[] = [];
  for (const { 0: whole, groups = {} } of text.matchAll(PIECE)) {
    const kind = groups["bold"] ? "bold" : groups["code"] ? "code" : "text";
    const piece = { kind, text: unescaped(groups["bold"] ?? groups["code"] ?? whole) } as const;
    const last = spans.at(-1);
    if (kind === "text" && last?.kind === "text") last.text += piece.text;
    else spans.push({ ...piece });
  }
  return spans;
};

/** A text without its marks. */
export const plainText = (text: string): string =>
  spansOf(text)
    .map((span) => span.text)
    .join("");
