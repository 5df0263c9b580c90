import { and, count, desc, eq, max } from "drizzle-orm";
import type { Database } from "./database.ts";
import { refer, release } from "./references.ts";
import { labels } from "./schema.ts";

/** What the peers of each group said their pictures show. */
export const labelsIn = (database: Database) => ({
  /** Keeps what a request said its pictures show; saying it again changes nothing. */
  add: async (
    said: { request: string; groupId: string; userId: string; label: string },
    blobs: readonly string[],
  ): Promise<void> =>
    database.transaction(async (tx) => {
      await tx
        .insert(labels)
        .values(blobs.map((blob) => ({ ...said, blob })))
        .onConflictDoNothing();
      await refer(tx, { source: "label", id: said.request, groupId: said.groupId }, { input: blobs });
    }),
  /** Every labelled picture of a group with the newest word about it, newest first. */
  list: async (groupId: string): Promise<{ blob: string; label: string }[]> => {
    const { blob, label, seq } = labels;
    const newest = await database
      .selectDistinctOn([blob], { blob, label, seq })
      .from(labels)
      .where(eq(labels.groupId, groupId))
      .orderBy(blob, desc(seq));
    return newest.sort((a, b) => b.seq - a.seq).map((row) => ({ blob: row.blob, label: row.label }));
  },
  /** The requests with which one person labelled pictures of a group, newest first: which label, on how many pictures, and since when. */
  addedBy: (groupId: string, userId: string): Promise<{ request: string; label: string; count: number; at: Date }[]> => {
    const { request, label } = labels;
    return database
      .select({ request, label, count: count(), at: max(labels.at).mapWith(labels.at) })
      .from(labels)
      .where(and(eq(labels.groupId, groupId), eq(labels.userId, userId)))
      .groupBy(request, label)
      .orderBy(desc(max(labels.seq)));
  },
  /** Takes back what a request of this user's said, so that earlier words count again. Returns how many pictures it was about. */
  undo: (request: string, userId: string): Promise<number> =>
    database.transaction(async (tx) => {
      const theirs = and(eq(labels.request, request), eq(labels.userId, userId));
      const gone = await tx.delete(labels).where(theirs).returning({ blob: labels.blob });
      if (gone.length > 0) await release(tx, "label", [request]);
      return gone.length;
    }),
});
