import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { SHARED_GROUP } from "../place.ts";
import type { Database } from "./database.ts";
import { refer, release } from "./references.ts";
import { models } from "./schema.ts";

/** A model that peers can choose. Its `.onnx` file lies in the blob store, with its card in the metadata. */
export type Model = typeof models.$inferSelect;
/** A group and a name: which model is meant. */
type Key = Pick<Model, "groupId" | "name">;

const referenceOf = ({ groupId, name }: Key) => ({ source: "model", id: `${groupId}/${name}`, groupId }) as const;
const isKey = ({ groupId, name }: Key) => and(eq(models.groupId, groupId), eq(models.name, name));

/** Lists of so many groups are kept in memory. */
const MOST_LISTS = 50;

/** What a group may use, oldest first. */
const readList = async (database: Database, groupId: string): Promise<readonly Model[]> => {
  const theirs = inArray(models.groupId, [groupId, SHARED_GROUP]);
  const rows = await database.select().from(models).where(theirs).orderBy(asc(models.at));
  const own = new Set(rows.filter((row) => row.groupId === groupId).map((row) => row.name));
  return rows.filter((row) => row.groupId === groupId || !own.has(row.name));
};

/**
 * The models of each group, and those that ship, which every group may use. All that changes them goes through here, so the lists that
 * every request reads, with their long cards, are read from the database once after each change.
 */
export const modelsIn = (database: Database) => {
  const lists = new Map<string, Promise<readonly Model[]>>();
  /** Makes a change, and forgets all that was read before it was made. */
  const changing = async <T>(change: () => Promise<T>): Promise<T> => {
    try {
      return await change();
    } finally {
      lists.clear();
    }
  };
  return {
    /** What a group may use, oldest first. Its own model hides a shared one of the same name. */
    list: (groupId: string): Promise<readonly Model[]> => {
      const known = lists.get(groupId);
      if (known) return known;
      if (lists.size >= MOST_LISTS) lists.clear();
      const read = readList(database, groupId);
      lists.set(groupId, read);
      read.catch(() => lists.delete(groupId));
      return read;
    },
    /** The models of exactly this group. */
    ownedBy: (groupId: string): Promise<Model[]> => database.select().from(models).where(eq(models.groupId, groupId)),
    /** Adds a model, or replaces the one of the same group and name. */
    put: (model: Omit<Model, "at">): Promise<void> =>
      changing(() =>
        database.transaction(async (tx) => {
          await tx
            .insert(models)
            .values(model)
            .onConflictDoUpdate({ target: [models.groupId, models.name], set: model });
          const reference = referenceOf(model);
          await release(tx, "model", [reference.id]);
          await refer(tx, reference, { output: [model.blob] });
        }),
      ),
    /** Counts that the model of this file, of a group or shipped, took a worker child along. */
    crashed: async (blob: string, groupId: string): Promise<void> => {
      const ofFile = and(eq(models.blob, blob), inArray(models.groupId, [groupId, SHARED_GROUP]));
      await changing(async () =>
        database
          .update(models)
          .set({ crashes: sql`${models.crashes} + 1` })
          .where(ofFile),
      );
    },
    /** Forgets how often it took a worker child along. */
    forgiveCrashes: async (key: Key): Promise<void> => {
      await changing(async () => database.update(models).set({ crashes: 0 }).where(isKey(key)));
    },
    /** False when there was none. */
    remove: (key: Key): Promise<boolean> =>
      changing(() =>
        database.transaction(async (tx) => {
          await release(tx, "model", [referenceOf(key).id]);
          return (await tx.delete(models).where(isKey(key)).returning({ name: models.name })).length > 0;
        }),
      ),
  };
};
