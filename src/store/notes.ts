import { and, asc, desc, eq, gte, lt, sql } from "drizzle-orm";
import type { FileRef } from "../files.ts";
import type { Database } from "./database.ts";
import { type NoteKind, notes } from "./groupTables.ts";
import { refer, release, seenIn, type Viewer } from "./references.ts";

/** A line of the study log. */
export type Note = typeof notes.$inferSelect;

/** A stretch of time: from the first moment until just before the second. */
export interface Span {
  from: Date;
  to: Date;
}

/** The study log of each group, as far as peers write it themselves. */
export const notesIn = (database: Database) => ({
  /** Keeps a note. Harmless when done again. */
  add: (note: typeof notes.$inferInsert): Promise<void> =>
    database.transaction(async (tx) => {
      const added = await tx.insert(notes).values(note).onConflictDoNothing().returning({ id: notes.id });
      if (added.length === 0) return;
      const { id, groupId, picture } = note;
      await refer(tx, { source: "note", id, groupId }, { input: picture ? [picture.blob] : [] });
    }),
  /** Those that somebody sees of some time, oldest first. */
  between: (viewer: Viewer, { from, to }: Span): Promise<Note[]> =>
    database
      .select()
      .from(notes)
      .where(and(seenIn(notes, viewer), gte(notes.at, from), lt(notes.at, to)))
      .orderBy(asc(notes.at), asc(notes.id)),
  /** The one that somebody sees whose id begins so. */
  find: async (beginning: string, viewer: Viewer): Promise<Note | undefined> => {
    const found = and(seenIn(notes, viewer), sql`starts_with(${notes.id}, ${beginning})`);
    return (await database.select().from(notes).where(found).orderBy(desc(notes.at)).limit(1))[0];
  },
  /** One person's newest in a group, newest first. */
  latestOf: (userId: string, groupId: string, count: number): Promise<Note[]> => {
    const theirs = and(eq(notes.userId, userId), eq(notes.groupId, groupId));
    return database.select().from(notes).where(theirs).orderBy(desc(notes.at)).limit(count);
  },
  /** Writes a note anew, with another picture where one is given. */
  change: (
    { id, groupId }: Pick<Note, "id" | "groupId">,
    change: { text: string; kind?: NoteKind; picture?: FileRef },
  ): Promise<void> =>
    database.transaction(async (tx) => {
      await tx.update(notes).set(change).where(eq(notes.id, id));
      if (!change.picture) return;
      await release(tx, "note", [id]);
      await refer(tx, { source: "note", id, groupId }, { input: [change.picture.blob] });
    }),
  withdraw: (id: string): Promise<void> =>
    database.transaction(async (tx) => {
      await tx.delete(notes).where(eq(notes.id, id));
      await release(tx, "note", [id]);
    }),
});
