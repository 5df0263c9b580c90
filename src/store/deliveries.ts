import { and, asc, desc, eq, getTableColumns, inArray, notInArray, sql } from "drizzle-orm";
import type { AdapterName, Place } from "../place.ts";
import type { Reply } from "../reply.ts";
import type { Database } from "./database.ts";
import { blobsOfReply, refer, type Tables } from "./references.ts";
import { columnsOf, placeOf, type ReplyToken, type RequestRow, requestById } from "./requests.ts";
import { deliveries, groups, messages } from "./schema.ts";

/** Something to be sent, with what it says and all that is needed to send it. */
export interface Delivery {
  id: string;
  place: Place;
  /** The request that it answers; none for a post. */
  request: RequestRow | undefined;
  reply: Reply;
  /** Seen by this person only. */
  visibleTo: string | undefined;
  /** The platform's id of the message to edit: a placeholder of this delivery, or the message that it takes the place of. */
  edits: string | undefined;
  /** The delivery whose message it takes the place of. */
  replaces: string | undefined;
  /** The delivery whose message showed the progress of this request, of which nothing came: it goes back to what it said. */
  restores: string | undefined;
  /** What the platform wants shown, while that holds. */
  token: ReplyToken | undefined;
  /** How often a send of it began before. Above 0 it may have arrived, though nobody heard so. */
  attempts: number;
}
/** A delivery that waits to be sent, and the conversation in which it has its turn. */
export type Pending = Pick<typeof deliveries.$inferSelect, "id" | "channel" | "thread">;

/** By its name, since what a change returns has its columns without their table. */
const replaced = sql<string | null>`(select d.external_id from peerlab.deliveries d where d.id = deliveries.replaces)`;

/** Nothing can be edited before it was sent. */
const canGo = sql`not exists (select 1 from peerlab.deliveries d where d.id = ${deliveries.replaces} and d.state = 'pending')`;
/** How many are looked at in one go. */
const ROWS = 200;

/** Keeps a post that nobody asked for, in a transaction; false when one of this id is known already. */
export const addPost = async (tx: Tables, id: string, place: Place, reply: Reply, visibleTo?: string): Promise<boolean> => {
  const columns = { ...columnsOf(place), id, reply, visibleTo: visibleTo ?? null, state: "pending" as const };
  await tx.insert(groups).values({ id: place.group, adapter: place.adapter, name: place.group }).onConflictDoNothing();
  const added = await tx.insert(deliveries).values(columns).onConflictDoNothing().returning({ id: deliveries.id });
  if (added.length > 0) await refer(tx, { source: "post", id, groupId: place.group }, blobsOfReply(reply));
  return added.length > 0;
};

/** What adapters are to send: see `deliveries` in the schema. */
export const deliveriesIn = (database: Database) => {
  const byId = requestById(database);
  return {
    /** The next of what an adapter has still to send, apart from some, oldest first. */
    pending: (adapter: AdapterName, except: readonly string[]): Promise<Pending[]> =>
      database
        .select({ id: deliveries.id, channel: deliveries.channel, thread: deliveries.thread })
        .from(deliveries)
        .where(
          and(eq(deliveries.adapter, adapter), eq(deliveries.state, "pending"), canGo, notInArray(deliveries.id, [...except])),
        )
        .orderBy(asc(deliveries.at), asc(deliveries.id))
        .limit(ROWS),
    /** Notes that the send of a delivery begins, and returns it as it is now; undefined when it is no longer to be sent. */
    begin: async (id: string): Promise<Delivery | undefined> => {
      const [row] = await database
        .update(deliveries)
        .set({ attempts: sql`${deliveries.attempts} + 1` })
        .where(and(eq(deliveries.id, id), eq(deliveries.state, "pending")))
        .returning({ ...getTableColumns(deliveries), other: replaced });
      if (!row) return undefined;
      const { other, ...delivery } = row;
      const [request] = delivery.request === null ? [] : await byId.execute({ id: delivery.request });
      if (delivery.request !== null && !request) return undefined; // erased meanwhile, and its delivery with it
      const { token, tokenExpires: expires } = delivery;
      const isDone = request?.status === "done";
      return {
        ...{ id: delivery.id, place: placeOf(delivery), attempts: delivery.attempts - 1 },
        request: request ?? undefined,
        reply: request?.reply ?? delivery.reply ?? { text: "" },
        visibleTo: delivery.visibleTo ?? undefined,
        edits: delivery.externalId ?? (isDone ? other : null) ?? undefined,
        replaces: isDone ? (delivery.replaces ?? undefined) : undefined,
        restores: isDone ? undefined : (delivery.replaces ?? undefined),
        token: token !== null && expires && expires > new Date() ? { value: token, expires } : undefined,
      };
    },
    /** Keeps a post that nobody asked for; false when one of this id is known already. */
    post: (id: string, place: Place, reply: Reply, visibleTo?: string): Promise<boolean> =>
      database.transaction((tx) => addPost(tx, id, place, reply, visibleTo)),
    /**
     * The delivery that a message of a platform shows, by the platform's id of it; the newest, where several took each other's place. An
     * `externalId` may name several messages, with commas.
     */
    shownAs: async ({ adapter, group, channel }: Place, externalId: string): Promise<string | undefined> => {
      const there = and(eq(deliveries.adapter, adapter), eq(deliveries.groupId, group), eq(deliveries.channel, channel));
      const [row] = await database
        .select({ id: deliveries.id })
        .from(deliveries)
        .where(and(there, sql`${externalId} = any(string_to_array(${deliveries.externalId}, ','))`))
        .orderBy(desc(deliveries.at))
        .limit(1);
      return row?.id;
    },
    get: async (id: string) => (await database.select().from(deliveries).where(eq(deliveries.id, id)))[0],
    /**
     * Notes the platform's id of the message that shows a request's progress: the answer takes its place. False when the answer was sent
     * meanwhile, as a message of its own.
     */
    placed: async (id: string, externalId: string): Promise<boolean> => {
      const unsent = and(eq(deliveries.id, id), sql`${deliveries.state} in ('waiting', 'pending')`, eq(deliveries.attempts, 0));
      return (await database.update(deliveries).set({ externalId }).where(unsent).returning({ id: deliveries.id })).length > 0;
    },
    /** Notes that a delivery arrived. What has changed since its send began stays pending. */
    sent: async ({ id, attempts }: Pick<Delivery, "id" | "attempts">, externalId: string | undefined): Promise<void> => {
      const state = sql`case when ${deliveries.attempts} = ${attempts + 1} then 'sent' else ${deliveries.state} end`;
      const set = { state, error: null, ...(externalId === undefined ? {} : { externalId }) };
      await database.update(deliveries).set(set).where(eq(deliveries.id, id));
    },
    /** Notes a try that did not succeed; `forGood` when there is to be no other. */
    notSent: async (id: string, error: string, forGood: boolean): Promise<void> => {
      await database
        .update(deliveries)
        .set({ error, ...(forGood ? { state: "failed" } : {}) })
        .where(eq(deliveries.id, id));
    },
  };
};

/** A message that the bot had sent and that is to go from its platform. */
export interface Removed {
  /** The delivery. */
  id: string;
  place: Place;
  /** The platform's id of the message. */
  externalId: string;
}

/** Lets a delivery whose words have changed be sent again, as an edit, unless another took its place. */
export const sendAgain = async (tables: Tables, id: string): Promise<void> => {
  const isShown = sql`(${deliveries.state} = 'pending' or (${deliveries.state} = 'sent' and ${deliveries.externalId} is not null))
    and not exists (select 1 from peerlab.deliveries x where x.replaces = ${id} and x.state = 'sent')`;
  await tables
    .update(deliveries)
    .set({ state: "pending", attempts: 0, at: sql`now()` })
    .where(and(eq(deliveries.id, id), isShown));
};

/**
 * Takes deliveries away. What one of them took the place of is shown again; what took the place of one of them stays. Returns those whose
 * messages are to go from their platforms.
 */
export const removeDeliveries = async (tables: Tables, ids: readonly string[]): Promise<Removed[]> => {
  const theirs = inArray(deliveries.id, [...ids]);
  const rows = await tables.select().from(deliveries).where(theirs).orderBy(deliveries.at);
  const replacing = await tables
    .select({ id: deliveries.id, replaces: deliveries.replaces })
    .from(deliveries)
    .where(inArray(deliveries.replaces, [...ids]));
  const survived = new Set(replacing.filter((it) => !ids.includes(it.id)).map((it) => it.replaces));
  for (const { id, replaces } of rows) {
    if (replaces === null && !survived.has(id)) continue;
    await tables.update(deliveries).set({ replaces }).where(eq(deliveries.replaces, id));
    if (replaces === null) continue;
    const answeredBy = sql`case when ${messages.delivery} = ${replaces} then null else ${replaces} end`;
    await tables.update(messages).set({ answeredBy }).where(eq(messages.answeredBy, id));
  }
  await tables.delete(deliveries).where(theirs);
  for (const { replaces } of rows) if (replaces !== null) await sendAgain(tables, replaces);
  return rows.flatMap((row) =>
    row.externalId === null || row.replaces !== null || survived.has(row.id)
      ? []
      : [{ id: row.id, place: placeOf(row), externalId: row.externalId }],
  );
};
