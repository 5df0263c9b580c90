import { eq } from "drizzle-orm";
import type { Database } from "./database.ts";
import { people } from "./schema.ts";

/** The names that peers go by, each by one person only. */
export const peopleIn = (database: Database) => ({
  nameOf: async (id: string): Promise<string | undefined> =>
    (await database.select({ name: people.name }).from(people).where(eq(people.id, id)))[0]?.name,
  /** Gives this person the first of some spellings whose key nobody else has, instead of the name they had. Returns it. */
  claim: (id: string, spellings: Iterable<{ name: string; key: string }>): Promise<string> =>
    database.transaction(async (tx) => {
      await tx.delete(people).where(eq(people.id, id));
      for (const it of spellings) {
        const added = await tx
          .insert(people)
          .values({ id, ...it })
          .onConflictDoNothing()
          .returning({ id: people.id });
        if (added.length > 0) return it.name;
      }
      throw new Error(`Expected a name that is free for ${id}; all were taken`);
    }),
});
