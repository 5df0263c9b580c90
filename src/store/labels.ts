import { and, count, desc, eq, max, sql } from "drizzle-orm";
import { UPLOADS } from "../data/dataSource.ts";
import type { Labelled } from "../data/splitPictures.ts";
import type { Database } from "./database.ts";
import { labels } from "./learningTables.ts";
import { release, rowsOf, type Tables } from "./references.ts";

/** What a picture was said to show before, and by whom. */
export interface Earlier {
  blob: string;
  label: string;
  userName: string;
}
/** Who says something about the pictures of a data set, and with which request. */
export interface Saying {
  request: string;
  groupId: string;
  dataset: string;
  userId: string;
}
/** How it is said: from which channel, and whether earlier words of others give way. */
interface Manner {
  channel: string;
  replace: boolean;
  /** The pictures came with this request, and are its asker's uploads. */
  imported?: true;
}

/** Which data set of a group is meant: "uploads" when left out. What was labelled in a private channel is seen from there only. */
interface Looking {
  dataset?: string;
  channel?: string;
}

/** The newest word about each picture of a group in each of its data sets, as seen from a channel. */
const newest = (groupId: string, channel: string) => sql`(
  select distinct on (l.dataset, l.blob) l.seq, l.dataset, l.blob, l.label, l.split, l.request, coalesce(p.name, q.user_name, '') as by
  from peerlab.labels l left join peerlab.requests q on q.id = l.request left join peerlab.people p on p.id = l.user_id
  where l.group_id = ${groupId} and (q.is_private is not true or q.channel = ${channel})
  order by l.dataset, l.blob, l.seq desc)`;

/** All of these strings as one parameter each of an array, so that thousands of rows are one short statement. */
const column = (values: readonly (string | null)[]) => sql`${JSON.stringify(values)}::jsonb`;
/** Columns side by side as rows: `rows(…) as given(a, b)`. */
const rows = (...columns: readonly (readonly (string | null)[])[]) =>
  sql`rows from (${sql.join(
    columns.map((it) => sql`jsonb_array_elements_text(${column(it)})`),
    sql`, `,
  )})`;

const insert = async (tx: Tables, { request, groupId, dataset, userId }: Saying, said: readonly Labelled[]): Promise<void> => {
  const blobs = said.map((it) => it.blob);
  const given = rows(
    blobs,
    said.map((it) => it.label),
    said.map((it) => it.split ?? null),
  );
  await tx.execute(sql`insert into peerlab.labels (group_id, dataset, request, blob, label, split, user_id)
    select ${groupId}, ${dataset}, ${request}, blob, label, split, ${userId} from ${given} as given(blob, label, split)
    on conflict do nothing`);
  await tx.execute(sql`insert into peerlab.blob_references (blob, source, id, group_id, role)
    select blob, 'label', ${request}, ${groupId}, 'input' from ${rows(blobs)} as given(blob) on conflict do nothing`);
};

/** What the peers of each group said their pictures show, in each of its data sets. */
export const labelsIn = (database: Database) => {
  /** Which of these pictures have another class already. */
  const contradicted = async (
    tables: Pick<Tables, "execute">,
    { request, groupId, dataset, channel }: Omit<Saying, "userId"> & { channel: string },
    said: readonly Labelled[],
  ): Promise<Earlier[]> => {
    const given = rows(
      said.map((it) => it.blob),
      said.map((it) => it.label),
    );
    return rowsOf<Earlier>(
      tables,
      sql`select known.blob, known.label, known.by as "userName" from ${newest(groupId, channel)} as known
        join ${given} as given(blob, label) on given.blob = known.blob
        where known.dataset = ${dataset} and known.label <> given.label and known.request <> ${request}`,
    );
  };

  return {
    /**
     * Keeps what a request says pictures show; saying it again changes nothing. Those that have another class already keep it unless
     * `replace` is true. Returns these, with their earlier class, in the order they were given.
     */
    add: (saying: Saying & Manner, said: readonly Labelled[]): Promise<Earlier[]> =>
      database.transaction(async (tx) => {
        // Of two requests about one data set at once, the later sees what the earlier said.
        await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`${saying.groupId}/${saying.dataset}`}))`);
        const earlier = new Map((await contradicted(tx, saying, said)).map((it) => [it.blob, it]));
        const kept = saying.replace ? said : said.filter((it) => !earlier.has(it.blob));
        await insert(tx, saying, kept);
        if (saying.imported)
          await tx.execute(sql`insert into peerlab.uploads (blob, user_id) select blob, ${saying.userId}
            from ${rows(kept.map((it) => it.blob))} as given(blob) on conflict do nothing`);
        return said.flatMap((it) => earlier.get(it.blob) ?? []);
      }),
    /** Which of these pictures have another class, before anything is said about them. */
    contradicted: (saying: Omit<Saying, "userId"> & { channel: string }, said: readonly Labelled[]) =>
      contradicted(database, saying, said),
    /** Every labelled picture of a data set with the newest word about it, newest first. */
    list: async (groupId: string, { dataset = UPLOADS, channel = "" }: Looking = {}): Promise<Labelled[]> => {
      const found = await rowsOf<Omit<Labelled, "split"> & { split: "train" | "test" | null }>(
        database,
        sql`select blob, label, split from ${newest(groupId, channel)} as known where dataset = ${dataset} order by seq desc`,
      );
      return found.map(({ split, ...it }) => (split ? { ...it, split } : it));
    },
    /** The number of classes and of pictures in each data set of a group; those without pictures are left out. */
    counts: async (groupId: string, channel = ""): Promise<ReadonlyMap<string, { classes: number; pictures: number }>> => {
      const found = await rowsOf<{ dataset: string; classes: number; pictures: number }>(
        database,
        sql`select dataset, count(distinct label)::int as classes, count(*)::int as pictures
          from ${newest(groupId, channel)} as known group by dataset`,
      );
      return new Map(found.map(({ dataset, ...it }) => [dataset, it]));
    },
    /** Puts pictures of a data set into a split, or all of them back to where their hashes put them. */
    putInSplits: async (
      { groupId, dataset }: Pick<Saying, "groupId" | "dataset">,
      splits: readonly { blob: string; split: "train" | "test" }[] | "by hash",
    ): Promise<void> => {
      if (splits === "by hash") {
        const all = and(eq(labels.groupId, groupId), eq(labels.dataset, dataset));
        await database.update(labels).set({ split: null }).where(all);
        return;
      }
      const given = rows(
        splits.map((it) => it.blob),
        splits.map((it) => it.split),
      );
      await database.execute(sql`update peerlab.labels l set split = given.split from ${given} as given(blob, split)
        where l.group_id = ${groupId} and l.dataset = ${dataset} and l.blob = given.blob`);
    },
    /** The requests with which one person labelled pictures of a group, newest first: where, which label, on how many, and since when. */
    addedBy: (
      groupId: string,
      userId: string,
    ): Promise<{ request: string; dataset: string; label: string; classes: number; count: number; at: Date }[]> => {
      const { request, dataset } = labels;
      const label = sql<string>`min(${labels.label})`;
      const classes = sql<number>`count(distinct ${labels.label})::int`;
      return database
        .select({ request, dataset, label, classes, count: count(), at: max(labels.at).mapWith(labels.at) })
        .from(labels)
        .where(and(eq(labels.groupId, groupId), eq(labels.userId, userId)))
        .groupBy(request, dataset)
        .orderBy(desc(max(labels.seq)));
    },
    /** Takes back what a request of this user's said, so that earlier words count again. Returns about how many pictures, and in which data set. */
    undo: (
      request: string,
      { userId, groupId }: { userId: string; groupId: string },
    ): Promise<{ removed: number; dataset: string }> =>
      database.transaction(async (tx) => {
        const theirs = and(eq(labels.request, request), eq(labels.userId, userId), eq(labels.groupId, groupId));
        const gone = await tx.delete(labels).where(theirs).returning({ dataset: labels.dataset });
        if (gone.length > 0) await release(tx, "label", [request]);
        return { removed: gone.length, dataset: gone[0]?.dataset ?? UPLOADS };
      }),
  };
};
