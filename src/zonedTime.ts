/** Clocks and calendars of time zones, by what `Intl` knows of them. A day is written "2026-11-25", a time of day "21:00". */

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const formats = new Map<string, Intl.DateTimeFormat>();
/** Making a format takes far longer than using it. */
const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known) return known;
  const parts = {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  } as const;
  const made = new Intl.DateTimeFormat("en-CA", { ...parts, hourCycle: "h23", timeZone });
  formats.set(timeZone, made);
  return made;
};

/** What a clock in a zone shows, as if it were UTC's: milliseconds. */
const wallOf = (at: Date, timeZone: string): number => {
  const found: Record<string, string> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) found[type] = value;
  const { year, month, day, hour, minute, second } = found;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
};
const offsetAt = (at: number, timeZone: string): number => wallOf(new Date(at), timeZone) - Math.floor(at / 1000) * 1000;

/** The day that it is in a zone. */
export const dayOf = (at: Date, timeZone: string): string => new Date(wallOf(at, timeZone)).toISOString().slice(0, 10);

/** The time of day that it is in a zone, in minutes: "21:05". */
export const timeOf = (at: Date, timeZone: string): string => new Date(wallOf(at, timeZone)).toISOString().slice(11, 16);

/** So many days later. */
export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);

/** Which day of the week it is: 0 is Sunday, as cron counts. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();

/** Whether it is written as a day and there is such a one. */
export const isDay = (text: string): boolean => {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(text);
};

/**
 * When a clock in a zone shows this time of this day. Where it shows it twice, as an hour is repeated in autumn, the first time; where it
 * never does, as an hour is left out in spring, as much later as was left out (RFC 5545, section 3.3.5): 02:30 becomes 03:30.
 */
export const instantOf = (day: string, time: string, timeZone: string): Date => {
  const wall = Date.parse(`${day}T${time}:00Z`);
  // A zone changes its offset at most once within two days.
  const [before, after] = [offsetAt(wall - DAY_MS, timeZone), offsetAt(wall + DAY_MS, timeZone)];
  const shown = [wall - before, wall - after].filter((at) => wallOf(new Date(at), timeZone) === wall);
  return new Date(shown.length > 0 ? Math.min(...shown) : wall - before);
};

/** From the first moment of a day in a zone to the first of the next. */
export const spanOfDay = (day: string, timeZone: string): { from: Date; to: Date } => ({
  from: instantOf(day, "00:00", timeZone),
  to: instantOf(addDays(day, 1), "00:00", timeZone),
});
