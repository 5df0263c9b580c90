import { asc, eq, sql } from "drizzle-orm";
import type { AdapterName } from "../place.ts";
import type { Database } from "./database.ts";
import { receipts } from "./schema.ts";

type Receipt = typeof receipts.$inferSelect;

/** Events that platforms sent, from their acknowledgement until they are worked off. */
export const receiptsIn = (database: Database) => ({
  /** False when this event is known already and not worked off yet. */
  add: async (receipt: Pick<Receipt, "id" | "adapter" | "userId" | "event">): Promise<boolean> =>
    (await database.insert(receipts).values(receipt).onConflictDoNothing().returning({ id: receipts.id })).length > 0,
  remove: async (id: string): Promise<void> => {
    await database.delete(receipts).where(eq(receipts.id, id));
  },
  /** What an adapter has acknowledged and not worked off, oldest first. */
  pending: (adapter: AdapterName): Promise<{ id: string }[]> =>
    database.select({ id: receipts.id }).from(receipts).where(eq(receipts.adapter, adapter)).orderBy(asc(receipts.at)),
  /** Notes that working an event off begins, and returns it; undefined when it is gone. */
  begin: async (id: string): Promise<Receipt | undefined> =>
    (
      await database
        .update(receipts)
        .set({ attempts: sql`${receipts.attempts} + 1` })
        .where(eq(receipts.id, id))
        .returning()
    )[0],
});
