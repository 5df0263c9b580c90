/** Width of a character in ems, as measured in Pretendard SemiBold and rounded up. */
const widthOf = (character: string): number => {
  if (/[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(character)) return 0.88;
  if (/[ilj|.,:;'!·]/.test(character)) return 0.29;
  if (/[ftr°()[\]-]/.test(character)) return 0.45;
  if (/[mwMW%→]/.test(character)) return 0.95;
  if (/[A-Z]/.test(character)) return 0.72;
  return character === " " ? 0.25 : 0.62;
};

/** Estimated width of a text, in ems. */
export const widthInEms = (text: string): number => [...text].reduce((sum, it) => sum + widthOf(it), 0);

/**
 * Breaks a text into lines of at most `ems`: behind commas where that is enough, else between words. Line breaks in it stay. A word
 * that is longer than a line is cut with "…".
 */
export const wrap = (text: string, ems: number): string[] =>
  text.split("\n").flatMap((paragraph) => fill(paragraph.split(/(?<=,) /), ems));

const fill = (pieces: readonly string[], ems: number): string[] => {
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    const words = piece.split(" ");
    if (last !== undefined && widthInEms(`${last} ${piece}`) <= ems) lines[lines.length - 1] = `${last} ${piece}`;
    else if (words.length > 1 && widthInEms(piece) > ems) lines.push(...fill(words, ems));
    else lines.push(shorten(piece, ems));
  }
  return lines;
};

const shorten = (word: string, ems: number): string => {
  if (widthInEms(word) <= ems) return word;
  let kept = "";
  for (const character of word) {
    if (widthInEms(`${kept}${character}…`) > ems) break;
    kept += character;
  }
  return `${kept}…`;
};
