import { and, asc, eq, or, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { datasets, labels } from "./learningTables.ts";
import { readable, refer, release, rowsOf } from "./references.ts";

/** A data set that a peer made. What is in it says `labels`. */
export type DatasetRow = typeof datasets.$inferSelect;
type Key = Pick<DatasetRow, "groupId" | "name">;

/** The most pictures without a label that a job is given: the newest ones. */
const MOST_UNLABELLED = 2000;
/** Larger files are no pictures, or none that are worth it. */
const MAX_BYTES = 20e6;

const isKey = ({ groupId, name }: Key) => and(eq(datasets.groupId, groupId), eq(datasets.name, name));

/** The data sets that the peers of each group made. */
export const datasetsIn = (database: Database) => ({
  /** Those of a group that can be seen from a channel, in alphabetical order. */
  list: (groupId: string, channel = ""): Promise<DatasetRow[]> =>
    database
      .select()
      .from(datasets)
      .where(and(eq(datasets.groupId, groupId), or(eq(datasets.isPrivate, false), eq(datasets.channel, channel))))
      .orderBy(asc(datasets.name)),
  /** Makes one, unless the group has one of that name, be it where the asker does not see it. True when it is there now, made by them. */
  add: async (dataset: Omit<DatasetRow, "at">): Promise<boolean> => {
    await database.insert(datasets).values(dataset).onConflictDoNothing();
    const [row] = await database.select({ userId: datasets.userId }).from(datasets).where(isKey(dataset));
    return row?.userId === dataset.userId;
  },
  /** Removes a data set with all that was said in it. Returns how many words about pictures went. */
  remove: (key: Key): Promise<number> =>
    database.transaction(async (tx) => {
      const inIt = and(eq(labels.groupId, key.groupId), eq(labels.dataset, key.name));
      const gone = await tx.delete(labels).where(inIt).returning({ request: labels.request });
      await release(tx, "label", [...new Set(gone.map((it) => it.request))]);
      await tx.delete(datasets).where(isKey(key));
      return gone.length;
    }),
  /** Notes that an answer shows pictures of a data set, so that it goes when one of them is erased. */
  shown: (request: string, groupId: string, blobs: readonly string[]): Promise<void> =>
    refer(database, { source: "request", id: request, groupId }, { input: blobs }),
  /** Files that peers said or asked something with where a channel sees it, and that nobody labelled in a data set: the newest ones, by name. */
  unlabelled: async ({ groupId, name }: Key, channel: string): Promise<string[]> => {
    const found = await rowsOf<{ blob: string }>(
      database,
      sql`select u.blob from peerlab.uploads u where u.bytes <= ${MAX_BYTES}
        and exists (select 1 from peerlab.blob_references r where r.blob = u.blob and r.group_id = ${groupId}
          and r.source in ('message', 'request') and r.role = 'input')
        and not exists (select 1 from peerlab.labels l where l.blob = u.blob and l.group_id = ${groupId} and l.dataset = ${name})
        group by u.blob order by max(u.at) desc limit ${MOST_UNLABELLED}`,
    );
    return readable(
      database,
      found.map((it) => it.blob),
      { userId: "", groupId, channel },
    );
  },
});
