import { and, eq, sql } from "drizzle-orm";
import type { Place } from "../place.ts";
import { GroupSettings } from "../settings.ts";
import type { Database } from "./database.ts";
import { administrators, settings } from "./schema.ts";

/** Who may administer which group: change and remove what others made in it. */
export const groupsIn = (database: Database) => {
  const row = (groupId: string, userId: string) => and(eq(administrators.groupId, groupId), eq(administrators.userId, userId));
  /** What is asked for at every message; this process alone changes it. */
  const known = new Map<string, GroupSettings>();
  return {
    /** Whether somebody may administer the group of a place. Only the owner of this installation can be at its terminal. */
    administers: async ({ adapter, group }: Pick<Place, "adapter" | "group">, userId: string): Promise<boolean> =>
      adapter === "terminal" || (await database.$count(administrators, row(group, userId))) > 0,
    /** Whether anybody is known to administer a group. */
    isAdministered: async (groupId: string): Promise<boolean> =>
      (await database.$count(administrators, eq(administrators.groupId, groupId))) > 0,
    /** What a group has set for itself. */
    settings: async (groupId: string): Promise<GroupSettings> => {
      const kept = known.get(groupId);
      if (kept) return kept;
      const [row] = await database.select().from(settings).where(eq(settings.groupId, groupId));
      const read = GroupSettings.parse(row?.settings ?? {});
      known.set(groupId, read);
      return read;
    },
    set: async (groupId: string, it: GroupSettings): Promise<void> => {
      await database
        .insert(settings)
        .values({ groupId, settings: it })
        .onConflictDoUpdate({ target: settings.groupId, set: { settings: it } });
      known.delete(groupId);
    },
    /** Makes this person the administrator of a group that has none yet. */
    appointFirst: async (groupId: string, userId: string): Promise<void> => {
      await database.execute(sql`insert into peerlab.administrators (group_id, user_id) select ${groupId}, ${userId}
        where not exists (select 1 from peerlab.administrators where group_id = ${groupId}) on conflict do nothing`);
    },
    /** Follows what a platform says about who administers a group there. */
    follow: async (groupId: string, userId: string, administers: boolean): Promise<void> => {
      if (administers) await database.insert(administrators).values({ groupId, userId }).onConflictDoNothing();
      else await database.delete(administrators).where(row(groupId, userId));
    },
  };
};
