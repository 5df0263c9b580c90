import { eq, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import type { Tables } from "./references.ts";
import { people } from "./schema.ts";

/** Notes what somebody is called whose platform vouches for their name. A name that was claimed stays as it is. */
export const meet = async (tables: Tables, id: string, name: string): Promise<void> => {
  const changed = sql`${people.key} is null and ${people.name} <> ${name}`;
  await tables.insert(people).values({ id, name }).onConflictDoUpdate({ target: people.id, set: { name }, setWhere: changed });
};

/** What peers are called. Claimed names are each by one person only. */
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
