import { and, desc, eq, isNotNull, or, sql } from "drizzle-orm";
import { type DataSource, versionOf } from "../data/dataSource.ts";
import type { RunReport } from "../runs/report.ts";
import type { RunKind, RunSpec } from "../runs/spec.ts";
import type { Database } from "./database.ts";
import { runs } from "./learningTables.ts";
import type { Span } from "./notes.ts";
import { refer, seenIn, type Tables, type Viewer } from "./references.ts";
import type { RequestRow } from "./requests.ts";

/** A training run, what it was asked to do and what came of it. */
export type Run = typeof runs.$inferSelect;

/** Ends a run of which nothing came, together with its request. Call it in the transaction that gives the answer. */
export const endRun = async (tables: Tables, id: string, status: "cancelled" | "failed"): Promise<void> => {
  await tables
    .update(runs)
    .set({ status })
    .where(and(eq(runs.id, id), eq(runs.status, "waiting")));
};

/** The training runs of each group. */
export const runsIn = (database: Database) => ({
  /** Keeps a run whose request is about to be queued, and which of the group's pictures it is about. Harmless when done again. */
  begin: (
    { id, groupId, channel, isPrivate, userId, userName, asked: at }: RequestRow,
    { spec, data }: { spec: RunSpec; data: DataSource },
  ): Promise<void> =>
    database.transaction(async (tx) => {
      const asked = { id, groupId, channel, isPrivate, userId, userName, at };
      const run = { ...asked, kind: spec.kind, data: data.name, dataVersion: versionOf(data), spec, status: "waiting" as const };
      await tx.insert(runs).values(run).onConflictDoNothing();
      const input = data.kind === "pictures" ? data.pictures.map((it) => it.blob) : [];
      await refer(tx, { source: "request", id, groupId }, { input });
    }),
  /** Keeps what came of a run, also a second time; one that was erased meanwhile stays erased. */
  finish: async (id: string, report: RunReport): Promise<void> => {
    const status = report.cancelled ? "cancelled" : "done";
    await database.update(runs).set({ report, status }).where(eq(runs.id, id));
  },
  /** Those that somebody sees whose ids begin so, newest first. */
  find: (beginning: string, viewer: Viewer, count = 1): Promise<Run[]> =>
    database
      .select()
      .from(runs)
      .where(and(seenIn(runs, viewer), sql`starts_with(${runs.id}, ${beginning})`))
      .orderBy(desc(runs.at), desc(runs.id))
      .limit(count),
  /** Those that somebody sees, newest first; with results alone, or one kind alone, where that is wanted. */
  list: (viewer: Viewer, count: number, only: { ended?: true; kind?: RunKind | undefined } = {}): Promise<Run[]> =>
    database
      .select()
      .from(runs)
      .where(
        and(
          seenIn(runs, viewer),
          only.ended && isNotNull(runs.report),
          only.kind === undefined ? undefined : eq(runs.kind, only.kind),
        ),
      )
      .orderBy(desc(runs.at), desc(runs.id))
      .limit(count),
  /** Those that somebody sees that began or ended in some time, oldest first. */
  between: (viewer: Viewer, { from, to }: Span): Promise<Run[]> => {
    const [since, until] = [from.toISOString(), to.toISOString()];
    const ended = sql`exists (select 1 from peerlab.requests q where q.id = ${runs.id} and q.status <> 'waiting'
      and q.asked + q.total_ms * interval '1 ms' >= ${since} and q.asked + q.total_ms * interval '1 ms' < ${until})`;
    return database
      .select()
      .from(runs)
      .where(and(seenIn(runs, viewer), or(sql`${runs.at} >= ${since} and ${runs.at} < ${until}`, ended)))
      .orderBy(runs.at, runs.id);
  },
  /** All that ended by themselves on a data set, oldest first, for whoever looks for the best. */
  on: (data: string, viewer: Viewer): Promise<Run[]> =>
    database
      .select()
      .from(runs)
      .where(and(seenIn(runs, viewer), eq(runs.data, data), eq(runs.status, "done"), isNotNull(runs.report)))
      .orderBy(runs.at, runs.id),
});
