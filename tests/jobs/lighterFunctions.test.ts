import { PGlite } from "@electric-sql/pglite";
import { runMigrations } from "bullmq";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lighterFunctions } from "../../src/jobs/lighterFunctions.ts";

/** A database with BullMQ's tables and its own functions. */
const openBullmq = async () => {
  const engine = await PGlite.create();
  await engine.exec("create schema bullmq; set search_path to bullmq, public");
  const client = {
    query: async (text: string, params: unknown[] = []) => ({
      rows: params.length > 0 ? (await engine.query(text, params)).rows : ((await engine.exec(text)).at(-1)?.rows ?? []),
    }),
  };
  await runMigrations(client as unknown as Parameters<typeof runMigrations>[0], "bullmq");
  return engine;
};

let [own, ours]: PGlite[] = [];
beforeAll(async () => {
  [own, ours] = await Promise.all([openBullmq(), openBullmq()]);
  await ours?.exec(lighterFunctions);
  await ours?.exec(lighterFunctions); // as at every start
});
afterAll(() => Promise.all([own?.close(), ours?.close()]));

const NOW = 1_800_000_000_000;
const KEPT_SECONDS = 600;

/** A job as `FlowProducer.add` hands it over. */
const entry = (queue: string, id: string, more: object = {}) => ({
  ...{
    queue,
    id,
    name: `does ${id}`,
    data: JSON.stringify({ of: id }),
    opts: { attempts: 2 },
    priority: 1,
    delay: 0,
    timestamp: NOW,
  },
  ...{ attempts: 2, parentQueue: null, parentId: null, parentKey: null, dedupId: null, schedulerId: null, lifo: false },
  ...{ addToWaitingChildren: false, ...more },
});
const under = (queue: string, id: string) => ({ parentQueue: queue, parentId: id, parentKey: `bull:${queue}:${id}` });
/** A request: a parent that waits for one job, which waits for as many others. */
const flow = (id: string, dependencies: number, queue = "infer") => [
  entry("results", id, { addToWaitingChildren: true }),
  entry(queue, id, { ...under("results", id), addToWaitingChildren: dependencies > 0 }),
  ...Array.from({ length: dependencies }, (_, i) => entry(queue, `${id}.${i}`, under(queue, id))),
];

type Call = readonly [text: string, params: readonly unknown[]];
const add = (entries: object[]): Call => ["select * from add_flow($1::jsonb)", [JSON.stringify(entries)]];
const claim = (queue: string): Call => [
  "select id from move_to_active($1, 'token', 5000, $2, 'worker', null, null)",
  [queue, NOW],
];
const complete = (
  queue: string,
  id: string,
  { token = "token", at = NOW, kept = KEPT_SECONDS as number | null, count = null as number | null } = {},
): Call => [
  "select id from move_to_completed_fetch($1, $2, $3, $4, $5, false, $6, $7, 5000, $5, 'worker', null, null)",
  [queue, id, token, JSON.stringify({ output: id }), at, kept, count],
];

/** What a call answers, or the code of its refusal, and which queues hear that a job waits. */
const ask = async (engine: PGlite, [text, params]: Call) => {
  const heard: string[] = [];
  const stop = await engine.listen("bullmq_jobs", (queue) => void heard.push(queue));
  try {
    const { rows } = await engine.query(text, [...params]);
    return { rows, heard: heard.sort() };
  } catch (error) {
    return { refused: (error as { detail?: string }).detail };
  } finally {
    await stop();
  }
};

/** Every job with its place in line, and what it waits for. */
const stateOf = async (engine: PGlite) => ({
  jobs: (
    await engine.query(`select queue, id, name, state, data, opts, priority, delay_ms, max_attempts, added_at_ms, parent_queue, parent_id,
      parent_key, pending_deps, lock_token, locked_until_ms, processed_at_ms, processed_by, attempts_started, attempts_made, return_value,
      finished_at_ms, rank() over (partition by queue order by seq) as place from job order by queue, id`)
  ).rows,
  dependencies: (await engine.query("select * from job_dependency order by parent_queue, parent_id, child_key")).rows,
});

const scenarios: Record<string, readonly Call[]> = {
  "one job": [
    add(flow("a", 0)),
    claim("infer"),
    claim("infer"),
    complete("infer", "a"),
    claim("results"),
    complete("results", "a"),
  ],
  "a job that waits for two others": [
    ...[add(flow("b", 2)), claim("infer"), claim("infer"), claim("infer"), complete("infer", "b.1"), claim("results")],
    ...[complete("infer", "b.0"), complete("infer", "b"), claim("results"), complete("results", "b")],
  ],
  "requests one after the other": [
    ...[add(flow("c", 0)), add(flow("d", 0)), add(flow("e", 0)), claim("infer"), complete("infer", "c"), complete("infer", "d")],
    ...[claim("results"), complete("results", "c"), complete("results", "d")],
  ],
  "a flow that is added twice": [
    add(flow("f", 1)),
    claim("infer"),
    add(flow("f", 1)),
    complete("infer", "f.0"),
    add(flow("f", 1)),
  ],
  "jobs that are delayed, or whose parent is nowhere": [
    add([entry("infer", "g", { delay: 1000 })]),
    add([entry("infer", "h", under("results", "nowhere"))]),
  ],
  "an end that does not count": [
    ...[add(flow("i", 1)), complete("infer", "i.0"), claim("infer"), complete("infer", "i.0", { token: "another's" })],
    ...[complete("infer", "unknown"), complete("infer", "i.0"), complete("infer", "i.0")],
  ],
  "a queue whose events are heard": [add(flow("j", 0, "train")), claim("train"), complete("train", "j")],
  "jobs that are kept by their number": [
    ...[add(flow("k", 0)), claim("infer"), complete("infer", "k", { kept: null, count: 1 })],
    ...[add(flow("l", 0)), claim("infer"), complete("infer", "l", { kept: null, count: 1 })],
  ],
  "jobs that were kept for long enough": [
    ...[add(flow("m", 0)), claim("infer"), complete("infer", "m"), add(flow("n", 0)), claim("infer")],
    complete("infer", "n", { at: NOW + KEPT_SECONDS * 1000 }),
  ],
};

test.each(Object.entries(scenarios))("our functions leave the same jobs as BullMQ's own: %s", async (_, calls) => {
  for (const engine of [own, ours]) await engine?.exec("truncate job, job_dependency cascade; alter sequence job_seq restart");
  for (const call of calls) {
    const [theirs, answer] = await Promise.all([ask(own as PGlite, call), ask(ours as PGlite, call)]);
    expect(answer, call[0]).toEqual(theirs);
    expect(await stateOf(ours as PGlite), call[0]).toEqual(await stateOf(own as PGlite));
  }
});

/** A light job from its queue to its end. */
const work = async (engine: PGlite, id: string) => {
  for (const [text, params] of [
    add(flow(id, 0)),
    claim("infer"),
    complete("infer", id),
    claim("results"),
    complete("results", id),
  ])
    await engine.query(text, [...params]);
};

/** How many rows and entries of indexes are read for one job where many that have ended are kept. */
const readForOne = async (engine: PGlite) => {
  // Now PostgreSQL takes these tables for small, and makes its plans for small ones.
  for (const it of ["truncate job, job_dependency cascade", "vacuum (analyze)"]) await engine.exec(it);
  await work(engine, "first");
  await engine.exec(`insert into job (queue, id, seq, name, state, added_at_ms, finished_at_ms)
      select 'infer', 'kept' || i, i, 'old', 'completed', ${NOW}, ${NOW} from generate_series(1, 2000) i;
    select pg_stat_force_next_flush()`);
  await engine.exec("select pg_stat_reset()");
  await work(engine, "next");
  await engine.exec("select pg_stat_force_next_flush()");
  const { rows } = await engine.query<{ read: number }>(`select
    (select sum(idx_tup_read)::int from pg_stat_user_indexes where schemaname = 'bullmq') +
    (select sum(seq_tup_read)::int from pg_stat_user_tables where schemaname = 'bullmq') as read`);
  return rows[0]?.read;
};

test("a job costs the same however many that have ended are kept", async () => {
  expect(await readForOne(ours as PGlite)).toBeLessThan(100);
});
