import type { Language } from "../text.ts";

const units = {
  en: { h: " h", min: " min", s: " s" },
  ko: { h: "시간", min: "분", s: "초" },
} as const;

/** A time that people wait, in two units at most: 161 as "2 min 41 s", 5400 as "1 h 30 min". */
export const timeSpan = (seconds: number, lang: Language): string => {
  const whole = Math.max(0, Math.round(seconds));
  const { h, min, s } = units[lang];
  if (whole < 60) return `${whole}${s}`;
  const minutes = Math.floor(whole / 60);
  const both = (large: number, largeUnit: string, small: number, smallUnit: string) =>
    small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit} ${small}${smallUnit}`;
  return whole < 3600 ? both(minutes, min, whole % 60, s) : both(Math.floor(minutes / 60), h, minutes % 60, min);
};
