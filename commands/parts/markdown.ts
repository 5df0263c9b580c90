/** Text for a post that Jekyll makes: Liquid goes over it first, then kramdown. */

/** What means something to one of them, wherever it stands. An entity means nothing to either, and is the same character on the page. */
const SPECIAL = /[\\`*_{}[\]<>|$&~#^]/g;

/** Text that somebody else wrote as one line of a post in which nothing is a mark. */
export const escapeMarkdown = (text: string): string =>
  text.replace(/\s+/g, " ").replace(SPECIAL, (it) => `&#${it.charCodeAt(0)};`);

/** The same, but for formulas between `$$`, which stay formulas: Liquid's own braces in them are taken apart. */
export const escapeAroundMath = (text: string): string =>
  text
    .split(/(\$\$[^$]+\$\$)/)
    .map((piece, i) =>
      i % 2 === 1
        ? piece
            .replace(/\s+/g, " ")
            .replace(/\{(?=[{%])/g, "{ ")
            .replace(/\}(?=\})/g, "} ")
            .replace(/\|/g, "\\vert ")
        : escapeMarkdown(piece),
    )
    .join("");

/** A row of a table. */
export const tableRow = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
