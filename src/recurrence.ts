import { z } from "zod";
import { isTimeZone, TimeOfDay } from "./settings.ts";
import { addDays, dayOf, instantOf, weekdayOf } from "./zonedTime.ts";

/** A time on some days of the week, by the clock of a time zone. */
export const Recurrence = z.object({
  at: TimeOfDay,
  /** 0 is Sunday, as cron counts; in ascending order. */
  days: z.array(z.int().min(0).max(6)).min(1),
  timeZone: z.string().refine(isTimeZone, "no such time zone"),
});
export type Recurrence = z.infer<typeof Recurrence>;

/** One time that something is due: the day by its zone's calendar, and the moment. */
export interface Due {
  day: string;
  at: Date;
}

const WEEK = 7;
const dueOn = ({ at, days, timeZone }: Recurrence, day: string): Due | undefined =>
  days.includes(weekdayOf(day)) ? { day, at: instantOf(day, at, timeZone) } : undefined;

/** The last time that it was due, `now` included. A day has one such time at most, whatever its clocks do. */
export const lastDue = (recurrence: Recurrence, now: Date): Due => {
  // A time that its day leaves out may fall behind the midnight before which it is looked for.
  for (let day = addDays(dayOf(now, recurrence.timeZone), 1), tries = 0; tries <= WEEK + 1; day = addDays(day, -1), tries++) {
    const due = dueOn(recurrence, day);
    if (due && due.at <= now) return due;
  }
  throw new Error(`Expected a day of the week in ${JSON.stringify(recurrence)}`);
};

/** The next time that it is due after `now`. */
export const nextDue = (recurrence: Recurrence, now: Date): Due => {
  for (let day = addDays(dayOf(now, recurrence.timeZone), -1), tries = 0; tries <= WEEK + 2; day = addDays(day, 1), tries++) {
    const due = dueOn(recurrence, day);
    if (due && due.at > now) return due;
  }
  throw new Error(`Expected a day of the week in ${JSON.stringify(recurrence)}`);
};

/** As cron writes it, without its zone: "0 21 * * 1,3". */
export const cronOf = ({ at, days }: Pick<Recurrence, "at" | "days">): string => {
  const [hour, minute] = at.split(":").map(Number);
  return `${minute} ${hour} * * ${days.join(",")}`;
};

/** The same read back. */
export const fromCron = (cron: string, timeZone: string): Recurrence => {
  const [minute = "", hour = "", , , days = ""] = cron.split(" ");
  return Recurrence.parse({
    at: `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`,
    days: days.split(",").map(Number),
    timeZone,
  });
};
