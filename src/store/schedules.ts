import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Place } from "../place.ts";
import type { Database } from "./database.ts";
import { schedules } from "./groupTables.ts";

/** When recaps are posted, and where. */
export type Schedule = typeof schedules.$inferSelect;

const there = ({ adapter, group, channel, thread }: Place) =>
  and(
    eq(schedules.adapter, adapter),
    eq(schedules.groupId, group),
    eq(schedules.channel, channel),
    thread === undefined ? isNull(schedules.thread) : eq(schedules.thread, thread),
  );

/** The one table of schedules; the queue's alarms follow it. */
export const schedulesIn = (database: Database) => ({
  get: async (id: string): Promise<Schedule | undefined> =>
    (await database.select().from(schedules).where(eq(schedules.id, id)))[0],
  /** All of them, or those of a place; oldest first. */
  list: (place?: Place): Promise<Schedule[]> =>
    database
      .select()
      .from(schedules)
      .where(place && there(place))
      .orderBy(asc(schedules.at), asc(schedules.id)),
  /**
   * Keeps a schedule. One of the same id is changed: it is no longer paused, and what it made already is not made again.
   */
  set: async (schedule: typeof schedules.$inferInsert): Promise<void> => {
    const { lang, recurrence, empty, userId, userName } = schedule;
    const set = { lang, recurrence, empty, userId, userName, paused: null };
    await database.insert(schedules).values(schedule).onConflictDoUpdate({ target: schedules.id, set });
  },
  remove: async (id: string): Promise<void> => {
    await database.delete(schedules).where(eq(schedules.id, id));
  },
  /** Nothing is posted any more until somebody sets it again; from then on, what happened meanwhile is left out. */
  pause: async (id: string): Promise<void> => {
    await database.update(schedules).set({ paused: "undeliverable" }).where(eq(schedules.id, id));
  },
  /** Notes that a day's recap is made, and until when it goes. False when that day, or a later one, was made already. */
  take: async (id: string, day: string, covered: Date): Promise<boolean> => {
    const isNew = and(
      eq(schedules.id, id),
      isNull(schedules.paused),
      sql`coalesce(${schedules.lastDay}, '-infinity') < ${day}::date`,
    );
    return (
      (await database.update(schedules).set({ lastDay: day, covered }).where(isNew).returning({ id: schedules.id })).length > 0
    );
  },
});
