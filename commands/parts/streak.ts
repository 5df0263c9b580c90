/** "2026-11-26" in a time zone. */
const dayOf = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(at);

/** The calendar day before "2026-11-26"; a calendar has no hours that a clock change could take away. */
const dayBefore = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) - 86400e3).toISOString().slice(0, 10);

/** How many days in a row something happened, by the clock of a time zone: up to today, or yesterday while today is not over. */
export const streakOf = (times: readonly Date[], now: Date, timeZone: string): number => {
  const days = new Set(times.map((it) => dayOf(it, timeZone)));
  const today = dayOf(now, timeZone);
  let day = days.has(today) ? today : dayBefore(today);
  let count = 0;
  for (; days.has(day); day = dayBefore(day)) count++;
  return count;
};
