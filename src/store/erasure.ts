import { and, eq, inArray, lte, ne, type SQL, sql } from "drizzle-orm";
import type { Button, Reply } from "../reply.ts";
import type { Database } from "./database.ts";
import { removeDeliveries, sendAgain } from "./deliveries.ts";
import { hypotheses, notes, privacy, recaps, schedules, votes } from "./groupTables.ts";
import { datasets, labels, runs } from "./learningTables.ts";
import { quizAnswers, quizMemories } from "./quizTables.ts";
import { filesIn, listed, refer, release, rowsOf, unneeded } from "./references.ts";
import { administrators, deliveries, messages, people, receipts, requests, uploads } from "./schema.ts";

/** Whose things go: all that they sent until `before`, except the request that asks for it. */
export interface Erased {
  userId: string;
  except: string;
  before: Date;
}

/** Rows a step takes: some 10 ms of the one database that everybody waits for. */
const ROWS = 100;

/** A command's argument without a blob: a file is left out, a list of files gets shorter. */
const without = (value: unknown, blob: string): unknown => {
  const keeps = (it: unknown) => !(typeof it === "object" && it !== null && "blob" in it && it.blob === blob);
  return Array.isArray(value) ? value.filter(keeps) : keeps(value) ? value : undefined;
};

/** A post's words without a blob. */
const replyWithout = ({ pictures, files, buttons, controls, ...rest }: Reply, blob: string): Reply => {
  const isAboutOther = ({ args }: Pick<Button, "args">) => filesIn(args).every((it) => it.blob !== blob);
  return {
    ...rest,
    ...(pictures && { pictures: pictures.filter((it) => it.blob !== blob) }),
    ...(files && { files: files.filter((it) => it.blob !== blob) }),
    ...(buttons && { buttons: buttons.filter(isAboutOther) }),
    ...(controls && { controls: controls.filter(isAboutOther) }),
  };
};

/**
 * The questions and changes that erasing a person takes, each short and harmless when it is done again after a crash. What others
 * made of a person's pictures goes first, then what the person asked for, then what they sent: see `chat/forget.ts`.
 */
export const openErasure = (database: Database) => {
  const blobsWhere = async (query: SQL) => (await rowsOf<{ blob: string }>(database, query)).map((it) => it.blob);
  const madeByOthers = (condition: SQL) => sql`exists (
    select 1 from peerlab.blob_references m join peerlab.requests q on q.id = m.id
    where m.blob = o.blob and m.source = 'request' and m.role = 'output' and ${condition})`;

  return {
    /** Blobs that only this person sent, in their order from after `last`. */
    sentAlone: ({ userId, before }: Erased, last: string): Promise<string[]> =>
      blobsWhere(sql`select blob from peerlab.uploads u
        where u.user_id = ${userId} and u.at <= ${before.toISOString()} and u.blob > ${last}
        and not exists (select 1 from peerlab.uploads o where o.blob = u.blob and o.user_id <> ${userId})
        order by blob limit ${ROWS}`),

    /** Forgets events of this person that were acknowledged and never worked off. */
    removeReceipts: async ({ userId, except, before }: Erased): Promise<void> => {
      const theirs = and(eq(receipts.userId, userId), ne(receipts.id, except), lte(receipts.at, before));
      await database.delete(receipts).where(theirs);
    },

    /** The ids of what this person said next, asked on any platform, or was told alone: a message, its request and its run have one id. */
    said: async ({ userId, except, before }: Erased): Promise<string[]> => {
      const until = before.toISOString();
      const rows = await rowsOf<{ id: string }>(
        database,
        sql`select id from peerlab.requests where user_id = ${userId} and id <> ${except} and asked <= ${until}
          union select id from peerlab.messages where user_id = ${userId} and id <> ${except} and at <= ${until}
          union select id from peerlab.runs where user_id = ${userId} and id <> ${except} and at <= ${until}
          union select id from peerlab.notes where user_id = ${userId} and id <> ${except} and at <= ${until}
          union select id from peerlab.deliveries where visible_to = ${userId} and request is null and at <= ${until}
          limit ${ROWS}`,
      );
      return rows.map((it) => it.id);
    },

    /** What only these requests of a person made, and others went on working with. */
    madeAndUsed: async (ids: readonly string[], userId: string): Promise<string[]> => {
      const made = await blobsWhere(sql`select distinct blob from peerlab.blob_references
        where source = 'request' and role = 'output' and id in (${listed(ids)})`);
      if (made.length === 0) return [];
      const uses = await rowsOf<{ blob: string; source: string; role: string }>(
        database,
        sql`select r.blob, r.source, r.role from peerlab.blob_references r
          left join peerlab.requests q on r.source = 'request' and q.id = r.id
          where r.blob in (${listed(made)}) and (q.user_id <> ${userId} or r.source = 'post')`,
      );
      const sent = await blobsWhere(
        sql`select blob from peerlab.uploads where blob in (${listed(made)}) and user_id <> ${userId}`,
      );
      const alsoMade = uses.filter((it) => it.source === "request" && it.role === "output");
      const others = new Set([...sent, ...alsoMade.map((it) => it.blob)]);
      return [...new Set(uses.map((it) => it.blob))].filter((it) => !others.has(it));
    },

    /** What a request made, no other request made, and nobody sent. */
    onlyMadeBy: (request: string): Promise<string[]> =>
      blobsWhere(sql`select o.blob from peerlab.blob_references o
        where o.source = 'request' and o.role = 'output' and o.id = ${request}
        and not ${madeByOthers(sql`q.id <> ${request}`)}
        and not exists (select 1 from peerlab.uploads u where u.blob = o.blob)`),

    /** Those of some blobs that somebody else asked about, showed or labelled, or that the bot posted. */
    usedByOthers: (blobs: readonly string[], userId: string): Promise<string[]> =>
      blobsWhere(sql`select distinct r.blob from peerlab.blob_references r
        left join peerlab.requests q on r.source = 'request' and q.id = r.id
        left join peerlab.messages m on r.source = 'message' and m.id = r.id
        left join peerlab.labels l on r.source = 'label' and l.request = r.id and l.blob = r.blob
        left join peerlab.notes n on r.source = 'note' and n.id = r.id
        where r.blob in (${listed(blobs)}) and (r.source = 'post'
          or q.user_id <> ${userId} or m.user_id <> ${userId} or l.user_id <> ${userId} or n.user_id <> ${userId})`),

    /** Requests of others that were about a blob. */
    requestsAbout: async (blob: string, userId: string): Promise<string[]> => {
      const rows = await rowsOf<{ id: string }>(
        database,
        sql`select distinct q.id from peerlab.blob_references i join peerlab.requests q on q.id = i.id
          where i.blob = ${blob} and i.source = 'request' and i.role = 'input' and q.user_id <> ${userId}`,
      );
      return rows.map((it) => it.id);
    },

    /**
     * Puts a sentence in the place of an answer, to be sent again, and takes the blob out of what was asked. Returns the blobs that can go.
     */
    replaceAnswer: (id: string, blob: string, reply: Reply): Promise<string[]> =>
      database.transaction(async (tx) => {
        const [row] = await tx
          .select({ args: requests.args, groupId: requests.groupId })
          .from(requests)
          .where(eq(requests.id, id));
        if (!row) return [];
        const kept = Object.entries(row.args).map(([name, value]) => [name, without(value, blob)]);
        const args = Object.fromEntries(kept);
        await tx.update(requests).set({ reply, args }).where(eq(requests.id, id));
        await sendAgain(tx, id);
        const released = await release(tx, "request", [id]);
        await refer(tx, { source: "request", id, groupId: row.groupId }, { input: filesIn(args).map((it) => it.blob) });
        return unneeded(tx, released);
      }),

    /** Takes a blob out of what others said and labelled and of what the bot posted. Returns it if it can go, and the messages it was in. */
    takeOut: (blob: string): Promise<{ free: string[]; changed: string[] }> =>
      database.transaction(async (tx) => {
        const showing = sql`select source, id from peerlab.blob_references where blob = ${blob} and source in ('message', 'post', 'note')`;
        const changed: string[] = [];
        for (const { source, id } of await rowsOf<{ source: string; id: string }>(tx, showing)) {
          if (source === "note") await tx.update(notes).set({ picture: null }).where(eq(notes.id, id));
          else if (source === "message") {
            const [row] = await tx.select({ files: messages.files }).from(messages).where(eq(messages.id, id));
            const files = row?.files.filter((it) => it.blob !== blob) ?? [];
            await tx.update(messages).set({ files }).where(eq(messages.id, id));
            changed.push(id);
          } else {
            const [row] = await tx.select({ reply: deliveries.reply }).from(deliveries).where(eq(deliveries.id, id));
            if (!row?.reply) continue;
            await tx
              .update(deliveries)
              .set({ reply: replyWithout(row.reply, blob) })
              .where(eq(deliveries.id, id));
            await sendAgain(tx, id);
          }
        }
        await tx.delete(labels).where(eq(labels.blob, blob));
        await tx.execute(
          sql`delete from peerlab.blob_references where blob = ${blob} and source in ('message', 'post', 'label', 'note')`,
        );
        return { free: await unneeded(tx, [blob]), changed };
      }),

    /** Removes what has these ids: messages, requests, runs with what is said of them, notes, answers and posts. Returns the blobs that can go, and what to take off the platforms. */
    removeSaid: (ids: readonly string[]) =>
      database.transaction(async (tx) => {
        const released: string[] = [];
        for (const source of ["request", "message", "post", "note"] as const) released.push(...(await release(tx, source, ids)));
        const removed = await removeDeliveries(tx, ids);
        await tx.delete(requests).where(inArray(requests.id, [...ids]));
        await tx.delete(runs).where(inArray(runs.id, [...ids]));
        await tx.delete(hypotheses).where(inArray(hypotheses.run, [...ids]));
        await tx.delete(votes).where(inArray(votes.run, [...ids]));
        await tx.delete(notes).where(inArray(notes.id, [...ids]));
        await tx.delete(recaps).where(inArray(recaps.id, [...ids]));
        const gone = { id: messages.id, channel: messages.channel };
        const withThem = await tx
          .delete(messages)
          .where(inArray(messages.id, [...ids]))
          .returning(gone);
        return { free: await unneeded(tx, released), messages: withThem, deliveries: removed };
      }),

    /** Forgets that a person sent the next of their files. Returns the blobs that can go; undefined when there are no more. */
    removeUploads: ({ userId, before }: Erased): Promise<string[] | undefined> =>
      database.transaction(async (tx) => {
        const next = sql`select blob from peerlab.uploads where user_id = ${userId} and at <= ${before.toISOString()} limit ${ROWS}`;
        const blobs = (await rowsOf<{ blob: string }>(tx, next)).map((it) => it.blob);
        if (blobs.length === 0) return undefined;
        await tx.delete(uploads).where(and(eq(uploads.userId, userId), inArray(uploads.blob, blobs)));
        return unneeded(tx, blobs);
      }),

    /**
     * Removes what a person said pictures show, what they remember of the cards, the name they go by, and what they may administer.
     * Their data sets stay, without their name, while somebody else's labels are in them, and so do the schedules they set.
     */
    removePerson: (userId: string): Promise<void> =>
      database.transaction(async (tx) => {
        const gone = await tx.delete(labels).where(eq(labels.userId, userId)).returning({ request: labels.request });
        await release(tx, "label", [...new Set(gone.map((it) => it.request))]);
        const others = sql`exists (select 1 from ${labels} where ${labels.groupId} = ${datasets.groupId} and ${labels.dataset} = ${datasets.name})`;
        await tx.delete(datasets).where(and(eq(datasets.userId, userId), sql`not ${others}`));
        await tx.update(datasets).set({ userId: "", userName: "" }).where(eq(datasets.userId, userId));
        await tx.delete(quizAnswers).where(eq(quizAnswers.userId, userId));
        await tx.delete(quizMemories).where(eq(quizMemories.userId, userId));
        await tx.update(schedules).set({ userId: "", userName: "" }).where(eq(schedules.userId, userId));
        await tx.delete(votes).where(eq(votes.userId, userId));
        await tx.delete(privacy).where(eq(privacy.userId, userId));
        await tx.delete(people).where(eq(people.id, userId));
        await tx.delete(administrators).where(eq(administrators.userId, userId));
      }),
  };
};
