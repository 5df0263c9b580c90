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

/** The models of each group, and those that ship, which every group may use. */
export const modelsIn = (database: Database) => ({
  /** What a group may use, oldest first. Its own model hides a shared one of the same name. */
  list: async (groupId: string): Promise<readonly Model[]> => {
    const theirs = inArray(models.groupId, [groupId, SHARED_GROUP]);
    const rows = await database.select().from(models).where(theirs).orderBy(asc(models.at));
    const own = new Set(rows.filter((row) => row.groupId === groupId).map((row) => row.name));
    return rows.filter((row) => row.groupId === groupId || !own.has(row.name));
  },
  /** The models of exactly this group. */
  ownedBy: (groupId: string): Promise<Model[]> => database.select().from(models).where(eq(models.groupId, groupId)),
  /** Adds a model, or replaces the one of the same group and name. */
  put: (model: Omit<Model, "at">): Promise<void> =>
    database.transaction(async (tx) => {
      await tx
        .insert(models)
        .values(model)
        .onConflictDoUpdate({ target: [models.groupId, models.name], set: model });
      const reference = referenceOf(model);
      await release(tx, "model", [reference.id]);
      await refer(tx, reference, { output: [model.blob] });
    }),
  /** Counts that the model of this file took a worker child along. */
  crashed: async (blob: string): Promise<void> => {
    await database
      .update(models)
      .set({ crashes: sql`${models.crashes} + 1` })
      .where(eq(models.blob, blob));
  },
  /** Forgets how often it took a worker child along. */
  forgiveCrashes: async (key: Key): Promise<void> => {
    await database.update(models).set({ crashes: 0 }).where(isKey(key));
  },
  /** False when there was none. */
  remove: (key: Key): Promise<boolean> =>
    database.transaction(async (tx) => {
      await release(tx, "model", [referenceOf(key).id]);
      return (await tx.delete(models).where(isKey(key)).returning({ name: models.name })).length > 0;
    }),
});
