import { eq } from "drizzle-orm";
import type { Database } from "./database.ts";
import { privacy } from "./groupTables.ts";

/** What somebody has chosen for themselves. */
export type Privacy = Omit<typeof privacy.$inferSelect, "userId">;
const usual: Privacy = { statistics: true, streaks: false };

/** Who wants to be left out of what, and who wants more to be said. */
export const privacyIn = (database: Database) => ({
  of: async (userId: string): Promise<Privacy> => {
    const [{ statistics, streaks } = usual] = await database.select().from(privacy).where(eq(privacy.userId, userId));
    return { statistics, streaks };
  },
  choose: async (userId: string, chosen: Privacy): Promise<void> => {
    const set = { target: privacy.userId, set: chosen };
    await database
      .insert(privacy)
      .values({ userId, ...chosen })
      .onConflictDoUpdate(set);
  },
  /** Whoever is left out of what is said about the group. */
  leftOut: async (): Promise<ReadonlySet<string>> => {
    const rows = await database.select({ userId: privacy.userId }).from(privacy).where(eq(privacy.statistics, false));
    return new Set(rows.map((it) => it.userId));
  },
  /** Whoever wants their streak to be told. */
  streaking: async (): Promise<ReadonlySet<string>> => {
    const rows = await database.select({ userId: privacy.userId }).from(privacy).where(eq(privacy.streaks, true));
    return new Set(rows.map((it) => it.userId));
  },
});
