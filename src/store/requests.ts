import { and, asc, desc, eq, gte, inArray, lt, ne, sql } from "drizzle-orm";
import { UserError } from "../errors.ts";
import type { Place } from "../place.ts";
import type { Reply, RequestStatus } from "../reply.ts";
import type { Database } from "./database.ts";
import { notes } from "./groupTables.ts";
import type { Span } from "./notes.ts";
import { meet } from "./people.ts";
import { blobsOfReply, filesIn, refer, releaseOutput, type Tables, unneeded, type Viewer } from "./references.ts";
import { endRun } from "./runs.ts";
import { deliveries, groups, MAX_INTEGER, requests } from "./schema.ts";
import { plannedOnce } from "./statements.ts";

export type RequestRow = typeof requests.$inferSelect;
export type NewRequest = Omit<typeof requests.$inferInsert, "reply" | "ackMs" | "totalMs">;
/** What a platform wants shown to send or edit an answer, and until when that holds. */
export interface ReplyToken {
  value: string;
  expires: Date;
}

/** A place as the columns of a row. */
export const columnsOf = ({ adapter, group, channel, thread, isPrivate }: Place): PlaceColumns => ({
  ...{ adapter, groupId: group, channel, isPrivate: isPrivate ?? false },
  thread: thread ?? null,
});
type PlaceColumns = Pick<RequestRow, "adapter" | "groupId" | "channel" | "thread" | "isPrivate">;
/** The place that a row's columns say. */
export const placeOf = (row: PlaceColumns): Place => ({
  ...{ adapter: row.adapter, group: row.groupId, channel: row.channel },
  ...(row.thread === null ? {} : { thread: row.thread }),
  ...(row.isPrivate ? { isPrivate: true } : {}),
});

/** Whether somebody may see a request and its answer: in its group, and alone or in its channel where it is for those only. */
export const isVisible = (row: Omit<RequestRow, "reply">, { userId, groupId, channel }: Viewer): boolean => {
  const forAsker = row.ephemeral || row.status === "mistake" || (row.isPrivate && row.channel !== channel);
  return row.groupId === groupId && (row.userId === userId || !forAsker);
};

/** Refuses what would replace an answer that has been replaced or is about to be. Of two presses at once, one waits here for the other. */
const demandCurrent = async (tx: Tables, replaced: string): Promise<void> => {
  await tx.select({ id: deliveries.id }).from(deliveries).where(eq(deliveries.id, replaced)).for("update");
  const taken = and(eq(deliveries.replaces, replaced), inArray(requests.status, ["waiting", "done"]));
  const [other] = await tx
    .select({ id: deliveries.id })
    .from(deliveries)
    .innerJoin(requests, eq(requests.id, deliveries.request))
    .where(taken)
    .limit(1);
  if (other) throw new UserError("outdated", {});
};

const ifReplacing = (userId: string) =>
  sql`case when ${deliveries.replaces} is null then ${deliveries.visibleTo} else ${userId} end`;

/** Looks for a request. Every one is looked for some times, and to put a query into words takes as long as to answer it. */
export const requestById = (database: Database) =>
  plannedOnce(
    database
      .select()
      .from(requests)
      .where(eq(requests.id, sql.placeholder("id")))
      .prepare("request"),
  );

const { id, channel, thread, replaces } = deliveries;
/** A delivery that is to be sent now. */
const answering = { id, channel, thread, replaces };
type Answering = Pick<typeof deliveries.$inferSelect, keyof typeof answering>;

/** What peers asked, and how it stands. */
export const requestsIn = (database: Database) => {
  const byId = requestById(database);
  return {
    get: async (id: string): Promise<RequestRow | undefined> => (await byId.execute({ id }))[0],
    /**
     * Keeps a request together with its delivery, which waits for the answer. With `replaces`, the answer takes the place of that
     * delivery's message: a `UserError` when another one has taken it or is about to. False when this request is known already.
     */
    add: (request: NewRequest, { replaces, token }: { replaces?: string; token?: ReplyToken } = {}): Promise<boolean> =>
      database.transaction(async (tx) => {
        const added = await tx.insert(requests).values(request).onConflictDoNothing().returning({ id: requests.id });
        if (added.length === 0) return false;
        if (replaces) await demandCurrent(tx, replaces);
        const { id, adapter, groupId, channel, thread, isPrivate, ephemeral, userId } = request;
        await meet(tx, userId, request.userName);
        await tx.insert(groups).values({ id: groupId, adapter, name: groupId }).onConflictDoNothing();
        await refer(tx, { source: "request", id, groupId }, { input: filesIn(request.args).map((file) => file.blob) });
        await tx.insert(deliveries).values({
          ...{ id, request: id, adapter, groupId, channel, thread, isPrivate, state: "waiting" },
          visibleTo: ephemeral ? userId : null,
          ...(replaces && { replaces }),
          ...(token && { token: token.value, tokenExpires: token.expires }),
        });
        return true;
      }),
    /**
     * Gives the answer, unless one was given before: nobody is answered twice. In the same transaction its delivery becomes pending,
     * behind those that became so earlier. A peer's mistake is for that peer alone, and so is the news that nothing came of changing a
     * message in place. Notes how long its acknowledgement took, where that is known. Returns the request if this answer counts, its
     * delivery, and the blobs of its progress that can go.
     */
    finish: (
      id: string,
      status: Exclude<RequestStatus, "waiting">,
      reply: Reply,
      ackMs?: number | null,
    ): Promise<{ row: RequestRow; delivery: Answering | undefined; free: string[] } | undefined> =>
      database.transaction(async (tx) => {
        // A clock that was set back says that it was asked in the future.
        const ms = sql`extract(epoch from now() - ${requests.asked}) * 1000`;
        const totalMs = sql`greatest(0, least(${ms}, ${MAX_INTEGER}))::int`;
        const unanswered = and(eq(requests.id, id), eq(requests.status, "waiting"));
        const [row] = await tx
          .update(requests)
          .set({ status, reply, totalMs, ...(ackMs && { ackMs }) })
          .where(unanswered)
          .returning();
        if (!row) return undefined;
        const shown = await releaseOutput(tx, id);
        if (status !== "done") await endRun(tx, id, status === "cancelled" ? "cancelled" : "failed");
        await refer(tx, { source: "request", id, groupId: row.groupId }, blobsOfReply(reply));
        const alone = status === "mistake" ? row.userId : status === "done" ? deliveries.visibleTo : ifReplacing(row.userId);
        const [delivery] = await tx
          .update(deliveries)
          .set({ state: "pending", at: sql`now()`, visibleTo: sql`${alone}` })
          .where(eq(deliveries.id, id))
          .returning(answering);
        return { row, delivery, free: await unneeded(tx, shown) };
      }),
    /**
     * Lets those who see a waiting request see a picture of its progress, in the place of the one before. Returns the blobs that can go: that
     * one, or this picture where the request has its answer.
     */
    picture: (id: string, blob: string): Promise<string[]> =>
      database.transaction(async (tx) => {
        const waits = and(eq(requests.id, id), eq(requests.status, "waiting"));
        const [row] = await tx.select({ groupId: requests.groupId }).from(requests).where(waits).for("update");
        if (!row) return unneeded(tx, [blob]);
        const before = await releaseOutput(tx, id);
        await refer(tx, { source: "request", id, groupId: row.groupId }, { output: [blob] });
        return unneeded(tx, before);
      }),
    /** How many requests of one person are waiting. */
    waitingOf: (userId: string): Promise<number> =>
      database.$count(requests, and(eq(requests.status, "waiting"), eq(requests.userId, userId))),
    /** Everything that waits, or what one person waits for, in one group or in all; oldest first. */
    waiting: ({ userId, groupId }: { userId?: string; groupId?: string } = {}): Promise<RequestRow[]> =>
      database
        .select()
        .from(requests)
        .where(
          and(
            eq(requests.status, "waiting"),
            userId === undefined ? undefined : eq(requests.userId, userId),
            groupId === undefined ? undefined : eq(requests.groupId, groupId),
          ),
        )
        .orderBy(asc(requests.asked)),
    /** What was asked in a group in some time and is answered, as far as somebody may see it; oldest first, at most so many. */
    between: async (viewer: Viewer, { from, to }: Span, most: number): Promise<RequestRow[]> => {
      const then = and(gte(requests.asked, from), lt(requests.asked, to), ne(requests.status, "waiting"));
      const rows = await database
        .select()
        .from(requests)
        .where(and(eq(requests.groupId, viewer.groupId), then))
        .orderBy(asc(requests.asked), asc(requests.id))
        .limit(most);
      return rows.filter((it) => isVisible(it, viewer));
    },
    /** When some people of a group asked or noted something since then, a row for each. */
    activity: async (groupId: string, userIds: readonly string[], since: Date): Promise<{ userId: string; at: Date }[]> => {
      if (userIds.length === 0) return [];
      const { userId, asked, at } = { userId: requests.userId, asked: requests.asked, at: notes.at };
      const theirs = [...userIds];
      const asks = database
        .select({ userId, at: asked })
        .from(requests)
        .where(and(eq(requests.groupId, groupId), inArray(userId, theirs), gte(asked, since), eq(requests.status, "done")));
      const noted = database
        .select({ userId: notes.userId, at })
        .from(notes)
        .where(and(eq(notes.groupId, groupId), inArray(notes.userId, theirs), gte(at, since)));
      return [...(await asks), ...(await noted)];
    },
    /** The newest requests of a channel, newest first. */
    recent: ({ group, channel }: Place, count: number): Promise<RequestRow[]> =>
      database
        .select()
        .from(requests)
        .where(and(eq(requests.groupId, group), eq(requests.channel, channel)))
        .orderBy(desc(requests.asked))
        .limit(count),
  };
};
