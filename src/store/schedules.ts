import { and, asc, eq, isNull, or, sql } from "drizzle-orm";
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
  /** Those of a group that can be seen from a channel of it: all but other channels' private ones. */
  ofGroup: ({ group, channel }: Pick<Place, "group" | "channel">): Promise<Schedule[]> =>
    database
      .select()
      .from(schedules)
      .where(and(eq(schedules.groupId, group), or(eq(schedules.isPrivate, false), eq(schedules.channel, channel))))
      .orderBy(asc(schedules.at), asc(schedules.id)),
  /**
   * Keeps a schedule. One of the same id is changed: what it made already is not made again, and one that was paused goes on from now.
   */
  set: async (schedule: typeof schedules.$inferInsert): Promise<void> => {
    const { lang, recurrence, empty, userId, userName } = schedule;
    const covered = sql`case when ${schedules.paused} is null then ${schedules.covered} else excluded.covered end`;
    const set = { lang, recurrence, empty, userId, userName, covered, paused: null };
    await database.insert(schedules).values(schedule).onConflictDoUpdate({ target: schedules.id, set });
  },
  remove: async (id: string): Promise<void> => {
    await database.delete(schedules).where(eq(schedules.id, id));
  },
  /** Nothing is posted any more until somebody sets it again; from then on, what happened meanwhile is left out. */
  pause: async (id: string): Promise<void> => {
    await database.update(schedules).set({ paused: "undeliverable" }).where(eq(schedules.id, id));
  },
});
