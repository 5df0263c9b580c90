import { and, asc, eq, sql } from "drizzle-orm";
import type { AdapterName, Place } from "../place.ts";
import type { Reply } from "../reply.ts";
import type { Database } from "./database.ts";
import { blobsOfReply, refer } from "./references.ts";
import { columnsOf, placeOf, type RequestRow } from "./requests.ts";
import { deliveries, groups, receipts, requests } from "./schema.ts";

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
  token: string | undefined;
  tokenExpires: Date | undefined;
  /** How often it was tried before. */
  attempts: number;
}

const replaced = sql<string | null>`(select d.external_id from peerlab.deliveries d where d.id = ${deliveries.replaces})`;

/** What adapters are to send: see `deliveries` in the schema. */
export const deliveriesIn = (database: Database) => ({
  /** What an adapter has still to send, oldest first. */
  pending: async (adapter: AdapterName): Promise<Delivery[]> => {
    const rows = await database
      .select({ delivery: deliveries, request: requests, replaced })
      .from(deliveries)
      .leftJoin(requests, eq(requests.id, deliveries.request))
      .where(and(eq(deliveries.adapter, adapter), eq(deliveries.state, "pending")))
      .orderBy(asc(deliveries.at), asc(deliveries.id));
    return rows.map(({ delivery, request, replaced: other }) => ({
      ...{ id: delivery.id, place: placeOf(delivery), attempts: delivery.attempts },
      request: request ?? undefined,
      reply: request?.reply ?? delivery.reply ?? { text: "" },
      visibleTo: delivery.visibleTo ?? undefined,
      edits: delivery.externalId ?? (request?.status === "done" ? other : null) ?? undefined,
      replaces: request?.status === "done" ? (delivery.replaces ?? undefined) : undefined,
      restores: request?.status === "done" ? undefined : (delivery.replaces ?? undefined),
      token: delivery.token ?? undefined,
      tokenExpires: delivery.tokenExpires ?? undefined,
    }));
  },
  /** Keeps a post that nobody asked for; false when one of this id is known already. */
  post: (id: string, place: Place, reply: Reply, visibleTo?: string): Promise<boolean> =>
    database.transaction(async (tx) => {
      const columns = { ...columnsOf(place), id, reply, visibleTo: visibleTo ?? null, state: "pending" as const };
      await tx.insert(groups).values({ id: place.group, adapter: place.adapter, name: place.group }).onConflictDoNothing();
      const added = await tx.insert(deliveries).values(columns).onConflictDoNothing().returning({ id: deliveries.id });
      if (added.length > 0) await refer(tx, { source: "post", id, groupId: place.group }, blobsOfReply(reply));
      return added.length > 0;
    }),
  get: async (id: string) => (await database.select().from(deliveries).where(eq(deliveries.id, id)))[0],
  /** Notes the platform's id of the message that shows a request's progress: it is edited later. */
  placed: async (id: string, externalId: string): Promise<void> => {
    await database.update(deliveries).set({ externalId }).where(eq(deliveries.id, id));
  },
  sent: async (id: string, externalId: string | undefined): Promise<void> => {
    const set = { state: "sent" as const, error: null, ...(externalId === undefined ? {} : { externalId }) };
    await database.update(deliveries).set(set).where(eq(deliveries.id, id));
  },
  /** Notes a try that did not succeed; `forGood` when the platform refused it and would again. */
  notSent: async (id: string, error: string, forGood: boolean): Promise<void> => {
    const set = { attempts: sql`${deliveries.attempts} + 1`, error, ...(forGood ? { state: "failed" as const } : {}) };
    await database.update(deliveries).set(set).where(eq(deliveries.id, id));
  },
});

/** Events that platforms sent, from their acknowledgement until they are worked off. */
export const receiptsIn = (database: Database) => ({
  /** False when this event is known already and not worked off yet. */
  add: async (id: string, adapter: AdapterName, event: unknown): Promise<boolean> =>
    (await database.insert(receipts).values({ id, adapter, event }).onConflictDoNothing().returning({ id: receipts.id })).length >
    0,
  remove: async (id: string): Promise<void> => {
    await database.delete(receipts).where(eq(receipts.id, id));
  },
  /** What an adapter has acknowledged and not worked off, oldest first. */
  pending: (adapter: AdapterName): Promise<{ id: string; event: unknown }[]> =>
    database
      .select({ id: receipts.id, event: receipts.event })
      .from(receipts)
      .where(eq(receipts.adapter, adapter))
      .orderBy(asc(receipts.at)),
});
