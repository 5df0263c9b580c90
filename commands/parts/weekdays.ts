import { UserError } from "../../src/errors.ts";
import type { Language } from "../../src/text.ts";

/** The days of the week from Sunday, as cron counts them. */
const names: Readonly<Record<Language, readonly string[]>> = {
  en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
  ko: ["일", "월", "화", "수", "목", "금", "토"],
};
const sets: readonly { words: readonly string[]; days: readonly number[]; said: Readonly<Record<Language, string>> }[] = [
  { words: ["everyday", "daily", "매일"], days: [0, 1, 2, 3, 4, 5, 6], said: { en: "every day", ko: "매일" } },
  { words: ["weekdays", "평일"], days: [1, 2, 3, 4, 5], said: { en: "on weekdays", ko: "평일" } },
  { words: ["weekends", "주말"], days: [0, 6], said: { en: "on weekends", ko: "주말" } },
];

const dayOfWeek = (word: string): number => {
  const ko = names.ko.indexOf(word.replace(/요일$/, ""));
  return ko >= 0 ? ko : names.en.findIndex((it) => word.startsWith(it.toLowerCase()));
};

/** "mon,wed" or "weekdays" as days of the week, in ascending order. A `UserError` for what is neither. */
export const meantDays = (typed: string): number[] => {
  const said = typed.trim().toLowerCase();
  const set = sets.find((it) => it.words.includes(said));
  if (set) return [...set.days];
  const days = said
    .split(/[\s,·/]+/)
    .filter((it) => it !== "")
    .map(dayOfWeek);
  if (days.length === 0 || days.some((it) => it < 0)) throw new UserError("bad_days", { got: typed });
  return [...new Set(days)].sort((a, b) => a - b);
};

/** Days of the week as people say them: "Mon, Wed", "every day". */
export const daysText = (days: readonly number[], lang: Language): string => {
  const set = sets.find((it) => it.days.length === days.length && it.days.every((day) => days.includes(day)));
  return set?.said[lang] ?? days.map((it) => names[lang][it]).join(", ");
};
