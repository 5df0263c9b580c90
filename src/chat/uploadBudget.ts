import { UserError } from "../errors.ts";

/** What a person's uploads of today have come to while some are on their way. */
interface Day {
  before: Promise<number>;
  bytes: number;
  open: number;
}

/**
 * How much each person may upload. Bytes count while they come, for all of a person's uploads together, so that ten at once get
 * no further than one after the other. `sentBefore` says what was kept in the last 24 hours.
 */
export const openBudget = (maxMb: number, sentBefore: (userId: string) => Promise<number>) => {
  const days = new Map<string, Day>();
  const check = (bytes: number) => {
    if (bytes > maxMb * 1e6) throw new UserError("too_much_today", { maxMb });
  };
  return {
    /** Throws when so many bytes more would be too many. */
    check: async (userId: string, bytes: number): Promise<void> => {
      const day = days.get(userId);
      check((await (day?.before ?? sentBefore(userId))) + (day?.bytes ?? 0) + bytes);
    },
    /** Runs an upload, which calls `spend` for what comes. What a failed one spent is given back. */
    during: async <T>(userId: string, upload: (spend: (bytes: number) => void) => Promise<T>): Promise<T> => {
      const day = days.get(userId) ?? { before: sentBefore(userId), bytes: 0, open: 0 };
      days.set(userId, day);
      day.open++;
      let own = 0;
      try {
        const before = await day.before;
        return await upload((bytes) => {
          own += bytes;
          day.bytes += bytes;
          check(before + day.bytes);
        });
      } catch (error) {
        day.bytes -= own;
        throw error;
      } finally {
        if (--day.open === 0) days.delete(userId);
      }
    },
  };
};
