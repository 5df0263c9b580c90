import { and, count, desc, eq, inArray, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { hypotheses, type Verdict, verdicts, votes } from "./groupTables.ts";
import { runs } from "./learningTables.ts";
import { seenIn, type Tables, type Viewer } from "./references.ts";
import type { Run } from "./runs.ts";

/** How many peers say what. */
export type Tally = Readonly<Record<Verdict, number>>;

/** What somebody expected of a run, how it stands, and the run. */
export interface Hypothesis {
  run: Run;
  /** Null while it is open. */
  verdict: Verdict | null;
  settledAt: Date | null;
  tally: Tally;
}

const nobody: Tally = { confirmed: 0, refuted: 0, unclear: 0 };

const talliesOf = async (tables: Tables, ids: readonly string[]): Promise<Map<string, Tally>> => {
  const { run, vote } = votes;
  const rows = await tables
    .select({ run, vote, count: count() })
    .from(votes)
    .where(inArray(run, [...ids]))
    .groupBy(run, vote);
  const tallies = new Map<string, Tally>();
  for (const row of rows) tallies.set(row.run, { ...(tallies.get(row.run) ?? nobody), [row.vote]: row.count });
  return tallies;
};

/** What most say: unclear where two are said equally often. Undefined where nobody says anything. */
export const majorityOf = (tally: Tally): Verdict | undefined => {
  const most = Math.max(...Object.values(tally));
  const leading = verdicts.filter((it) => tally[it] === most);
  return most === 0 ? undefined : leading.length > 1 ? "unclear" : leading[0];
};

/** What peers expected of their runs, and what the group says came of it. */
export const hypothesesIn = (database: Database) => {
  const select = () =>
    database
      .select({ run: runs, verdict: hypotheses.verdict, settledAt: hypotheses.settledAt })
      .from(hypotheses)
      .innerJoin(runs, eq(runs.id, hypotheses.run));
  const withTallies = async (rows: readonly Omit<Hypothesis, "tally">[]): Promise<Hypothesis[]> => {
    const tallies = await talliesOf(
      database,
      rows.map((it) => it.run.id),
    );
    return rows.map((it) => ({ ...it, tally: tallies.get(it.run.id) ?? nobody }));
  };
  return {
    /** Lets peers vote on the hypothesis of a run that has ended. Harmless when done again. */
    open: async (run: string, groupId: string): Promise<void> => {
      await database.insert(hypotheses).values({ run, groupId }).onConflictDoNothing();
    },
    /** Those that somebody sees whose runs' ids begin so. */
    find: async (beginning: string, viewer: Viewer): Promise<Hypothesis[]> =>
      withTallies(await select().where(and(seenIn(runs, viewer), sql`starts_with(${runs.id}, ${beginning})`))),
    /** Those that somebody sees, the newest runs first. */
    list: async (viewer: Viewer, most: number): Promise<Hypothesis[]> =>
      withTallies(await select().where(seenIn(runs, viewer)).orderBy(desc(runs.at), desc(runs.id)).limit(most)),
    /** Notes what somebody says, in the place of what they said before. False when it is settled. */
    vote: (run: string, userId: string, vote: Verdict): Promise<boolean> =>
      database.transaction(async (tx) => {
        const [row] = await tx.select().from(hypotheses).where(eq(hypotheses.run, run)).for("update");
        if (!row || row.verdict !== null) return false;
        const target = [votes.run, votes.userId];
        await tx
          .insert(votes)
          .values({ run, userId, vote })
          .onConflictDoUpdate({ target, set: { vote, at: sql`now()` } });
        return true;
      }),
    /** Settles one that is open. */
    settle: async (run: string, verdict: Verdict, at: Date): Promise<void> => {
      const open = and(eq(hypotheses.run, run), sql`${hypotheses.verdict} is null`);
      await database.update(hypotheses).set({ verdict, settledAt: at }).where(open);
    },
  };
};
