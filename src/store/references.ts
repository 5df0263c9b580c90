import { and, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { FileRef } from "../files.ts";
import type { Reply } from "../reply.ts";
import type { Database } from "./database.ts";
import { blobReferences } from "./schema.ts";

/** The database, or a transaction on it. */
export type Tables = Pick<Database, "select" | "insert" | "update" | "delete" | "execute">;
type Reference = typeof blobReferences.$inferSelect;

/** The files among a command's arguments. */
export const filesIn = (args: Readonly<Record<string, unknown>>): FileRef[] =>
  Object.values(args)
    .flat()
    .filter((it): it is FileRef => typeof it === "object" && it !== null && "blob" in it);

/** What an answer refers to: what was made for it, and what its buttons are about. */
export const blobsOfReply = ({ pictures = [], files = [], buttons = [], controls = [] }: Reply) => ({
  output: [...pictures, ...files].map((it) => it.blob),
  input: [...buttons, ...controls].flatMap((it) => filesIn(it.args)).map((it) => it.blob),
});

/** Notes that a row refers to some blobs. Call it in the transaction that writes the row. */
export const refer = async (
  tables: Tables,
  { source, id, groupId }: Pick<Reference, "source" | "id" | "groupId">,
  blobs: Partial<Record<Reference["role"], readonly string[]>>,
): Promise<void> => {
  const rows = (["input", "output"] as const).flatMap((role) =>
    (blobs[role] ?? []).map((blob) => ({ blob, source, id, groupId, role })),
  );
  if (rows.length > 0) await tables.insert(blobReferences).values(rows).onConflictDoNothing();
};

/** Forgets what some rows refer to, and returns the blobs. Call it in the transaction that removes the rows. */
export const release = async (tables: Tables, source: Reference["source"], ids: readonly string[]): Promise<string[]> => {
  if (ids.length === 0) return [];
  const theirs = and(eq(blobReferences.source, source), inArray(blobReferences.id, [...ids]));
  return (await tables.delete(blobReferences).where(theirs).returning({ blob: blobReferences.blob })).map((it) => it.blob);
};

/** Forgets what a request made until now, and returns the blobs. */
export const releaseOutput = async (tables: Tables, request: string): Promise<string[]> => {
  const { source, id, role, blob } = blobReferences;
  const made = and(eq(source, "request"), eq(id, request), eq(role, "output"));
  return (await tables.delete(blobReferences).where(made).returning({ blob })).map((it) => it.blob);
};

/** Runs a query that is easier said in SQL, and returns its rows. */
export const rowsOf = async <T>(tables: Pick<Tables, "execute">, query: SQL): Promise<T[]> =>
  ((await tables.execute(query)) as unknown as { rows: T[] }).rows;

/** `a, b, c` as the values of a query. */
export const listed = (values: readonly string[]): SQL =>
  sql.join(
    values.map((it) => sql`${it}`),
    sql`, `,
  );

const blobsWhere = async (tables: Tables, blobs: readonly string[], condition: SQL): Promise<string[]> => {
  if (blobs.length === 0) return [];
  const given = sql`unnest(array[${listed([...new Set(blobs)])}]) as given(blob)`;
  return (await rowsOf<{ blob: string }>(tables, sql`select blob from ${given} where ${condition}`)).map((it) => it.blob);
};

const referred = sql`exists (select 1 from peerlab.blob_references r where r.blob = given.blob)`;

/** Those of some blobs that no row refers to. Somebody may just have sent one and not used it yet. */
export const unreferenced = (tables: Tables, blobs: readonly string[]): Promise<string[]> =>
  blobsWhere(tables, blobs, sql`not ${referred}`);

/** Those of some blobs that no row refers to and nobody sent: they can go. */
export const unneeded = (tables: Tables, blobs: readonly string[]): Promise<string[]> =>
  blobsWhere(tables, blobs, sql`not ${referred} and not exists (select 1 from peerlab.uploads u where u.blob = given.blob)`);

/** Who wants to see something, and from where. */
export interface Viewer {
  /** Empty for anybody in the group. */
  userId: string;
  groupId: string;
  /** The channel they look from: what is said in a private one is seen there. */
  channel?: string;
}

/** What somebody sees of a table from where they are: what is their group's; what is of a private channel only there. */
export const seenIn = (
  table: Record<"groupId" | "isPrivate" | "channel", AnyPgColumn>,
  { groupId, channel = "" }: Viewer,
): SQL | undefined => and(eq(table.groupId, groupId), or(eq(table.isPrivate, false), eq(table.channel, channel)));

/**
 * Those of some blobs that a person may see in a group: what they sent, what was said, answered, posted or labelled where all of the group
 * sees it or in the channel they look from, and what was answered to them alone.
 */
export const readable = async (tables: Tables, blobs: readonly string[], viewer: Viewer): Promise<string[]> => {
  // Most people ask about what they sent themselves, and PostgreSQL plans ten times as long for the rest.
  const sent = await blobsWhere(
    tables,
    blobs,
    sql`exists (select 1 from peerlab.uploads u where u.blob = given.blob and u.user_id = ${viewer.userId})`,
  );
  const others = blobs.filter((it) => !sent.includes(it));
  return others.length === 0 ? sent : [...sent, ...(await readableOfOthers(tables, others, viewer))];
};

const readableOfOthers = (tables: Tables, blobs: readonly string[], { userId, groupId, channel }: Viewer): Promise<string[]> =>
  blobsWhere(
    tables,
    blobs,
    sql`exists (
        select 1 from peerlab.blob_references r
        left join peerlab.requests q on q.id = r.id
        left join peerlab.deliveries d on d.id = r.id
        where r.blob = given.blob and r.group_id = ${groupId} and r.source <> 'model'
          and (q.user_id = ${userId} or d.visible_to = ${userId} or (
            q.ephemeral is not true and (d.visible_to is null or (d.request is not null and r.role = 'input'))
            and (coalesce(q.is_private, d.is_private) is not true or coalesce(q.channel, d.channel) = ${channel ?? null})))
      )`,
  );
