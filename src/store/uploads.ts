import { and, eq, gte, inArray, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { MAX_INTEGER, uploads } from "./schema.ts";

/** Who sent which files, and how much. */
export const uploadsIn = (database: Database) => ({
  /** Notes who sent a blob, and how many bytes came for it since `since`: the same file sent again counts again. */
  add: async (blob: string, userId: string, bytes: number, since: Date): Promise<void> => {
    const lately = sql<number>`case when ${uploads.at} >= ${since.toISOString()} then ${uploads.bytes}::bigint else 0 end`;
    const set = { bytes: sql`least(${lately} + excluded.bytes, ${MAX_INTEGER})`, at: sql`now()` };
    await database
      .insert(uploads)
      .values({ blob, userId, bytes })
      .onConflictDoUpdate({ target: [uploads.blob, uploads.userId], set });
  },
  /** Who sent each of some blobs. */
  ownersOf: async (blobs: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> => {
    const owners = new Map<string, string[]>();
    if (blobs.length === 0) return owners;
    const { blob, userId } = uploads;
    const sent = await database
      .select({ blob, userId })
      .from(uploads)
      .where(inArray(blob, [...blobs]));
    for (const row of sent) owners.set(row.blob, [...(owners.get(row.blob) ?? []), row.userId]);
    return owners;
  },
  /** How many bytes this user has sent since then. */
  sentSince: async (userId: string, since: Date): Promise<number> => {
    const total = sql<number>`coalesce(sum(${uploads.bytes}), 0)`.mapWith(Number);
    const theirs = and(eq(uploads.userId, userId), gte(uploads.at, since));
    return (await database.select({ total }).from(uploads).where(theirs))[0]?.total ?? 0;
  },
});
