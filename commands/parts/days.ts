import type { CommandContext } from "../../src/chat/command.ts";
import { UserError } from "../../src/errors.ts";
import { zoneOf } from "../../src/settings.ts";
import type { Language } from "../../src/text.ts";
import { addDays, dayOf, isDay } from "../../src/zonedTime.ts";

const TODAY = ["today", "오늘"];
const YESTERDAY = ["yesterday", "어제"];

/** The time zone by whose days a group counts. */
export const groupZone = async ({ store, place }: Pick<CommandContext, "store" | "place">): Promise<string> =>
  zoneOf(await store.groups.settings(place.group));

/** The day that somebody means in a time zone: "2026-11-25". A `UserError` for what is none. */
export const meantDay = (typed: string, now: Date, timeZone: string): string => {
  const said = typed.trim().toLowerCase();
  const today = dayOf(now, timeZone);
  if (TODAY.includes(said)) return today;
  if (YESTERDAY.includes(said)) return addDays(today, -1);
  if (!isDay(said)) throw new UserError("bad_day", { got: typed });
  return said;
};

/** A day as people write it: "Wed, 25 Nov 2026". */
export const dayText = (day: string, lang: Language): string => {
  const said = new Intl.DateTimeFormat({ en: "en-GB", ko: "ko-KR" }[lang], {
    ...{ weekday: "short", day: "numeric", month: lang === "ko" ? "long" : "short", year: "numeric" },
    timeZone: "UTC",
  }).format(new Date(`${day}T12:00:00Z`));
  // Intl leaves the day of the week standing alone at the end: "24일 일".
  return lang === "ko" ? said.replace(/ (\S)$/, "($1)") : said;
};

const DAY_HOURS = 36;
const HOUR_MS = 3600_000;

/** A stretch of time in days: the day that it ends on, or "23 – 29 Nov 2026" where it is longer than one. */
export const spanText = (from: Date, to: Date, timeZone: string, lang: Language): string => {
  const last = dayOf(new Date(to.getTime() - 1), timeZone);
  if (to.getTime() - from.getTime() <= DAY_HOURS * HOUR_MS) return dayText(last, lang);
  // One that begins in the evening begins with the next day.
  const first = dayOf(new Date(from.getTime() + 12 * HOUR_MS), timeZone);
  const format = new Intl.DateTimeFormat({ en: "en-GB", ko: "ko-KR" }[lang], {
    ...{ day: "numeric", month: lang === "ko" ? "long" : "short", year: "numeric" },
    timeZone: "UTC",
  });
  return format.formatRange(new Date(`${first}T12:00:00Z`), new Date(`${last}T12:00:00Z`));
};
