/** Width of a character in ems, in Pretendard: Hangul is wide, Latin about half, some letters more or less. Errs to the wide side. */
const widthOf = (character: string): number => {
  if (/[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(character)) return 0.9;
  if (/[ilj|.,:;'!()[\]]/.test(character)) return 0.32;
  if (/[mwMW%→↓]/.test(character)) return 0.9;
  if (/[A-Z]/.test(character)) return 0.7;
  return character === " " ? 0.26 : 0.6;
};

/** Estimated width of a text, in ems. */
export const widthInEms = (text: string): number => [...text].reduce((sum, it) => sum + widthOf(it), 0);

/** Breaks a text between words into lines of at most `ems`; line breaks in it stay. A longer word stands alone and is cut with "…". */
export const wrap = (text: string, ems: number): string[] =>
  text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    for (const word of paragraph.split(" ")) {
      const last = lines.at(-1);
      if (last !== undefined && widthInEms(`${last} ${word}`) <= ems) lines[lines.length - 1] = `${last} ${word}`;
      else lines.push(shorten(word, ems));
    }
    return lines;
  });

const shorten = (word: string, ems: number): string => {
  if (widthInEms(word) <= ems) return word;
  let kept = "";
  for (const character of word) {
    if (widthInEms(`${kept}${character}…`) > ems) break;
    kept += character;
  }
  return `${kept}…`;
};
