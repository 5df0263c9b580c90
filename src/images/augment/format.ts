import type { Text } from "../../text.ts";

/** A number for a caption: few digits, a real minus sign. */
export const figure = (it: number, digits = 0): string => {
  const text = Math.abs(it).toFixed(digits);
  return Number(text) === 0 || it >= 0 ? text : `−${text}`;
};

/** A fraction as a percentage: "63%". */
export const percent = (it: number): string => `${figure(it * 100)}%`;

/** Several captions as one, "between" them a comma; nothing at all is said to be unchanged. */
export const together = (captions: readonly Text[], between = ", "): Text =>
  captions.length === 0
    ? { en: "unchanged", ko: "그대로" }
    : { en: captions.map((it) => it.en).join(between), ko: captions.map((it) => it.ko).join(between) };
