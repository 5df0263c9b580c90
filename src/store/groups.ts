import { and, eq } from "drizzle-orm";
import type { Database } from "./database.ts";
import { administrators } from "./schema.ts";

/** Who may administer which group. */
export const groupsIn = (database: Database) => ({
  administers: async (groupId: string, userId: string): Promise<boolean> => {
    const row = and(eq(administrators.groupId, groupId), eq(administrators.userId, userId));
    return (await database.$count(administrators, row)) > 0;
  },
  hasAdministrator: async (groupId: string): Promise<boolean> =>
    (await database.$count(administrators, eq(administrators.groupId, groupId))) > 0,
  appoint: async (groupId: string, userId: string): Promise<void> => {
    await database.insert(administrators).values({ groupId, userId }).onConflictDoNothing();
  },
});
