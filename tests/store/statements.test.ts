import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { plannedOnce } from "../../src/store/statements.ts";
import { freshHome } from "../helpers/bot.ts";

let home: string;
let engine: PGlite;
let close: () => Promise<unknown>;
beforeAll(async () => {
  home = await freshHome();
  ({ engine, close } = await openDatabase(join(home, "database")));
  await engine.exec("create table pets (id int primary key, name text, born timestamptz, tags jsonb)");
});
afterAll(async () => {
  await close();
  await rm(home, { recursive: true, force: true });
});

/** Names of the statements that PostgreSQL keeps prepared whose text has these words. */
const preparedWith = async (words: string): Promise<number> => {
  const { rows } = await engine.query<{ count: number }>(
    `select count(*)::int as count from pg_prepared_statements where statement like '%${words}%' and statement not like '%pg_prepared%'`,
  );
  return rows[0]?.count ?? -1;
};

describe("statements that are kept prepared", () => {
  it("give each time what their parameters ask for, of every type", async () => {
    const born = new Date("2026-11-27T09:00:00Z");
    for (let id = 1; id <= 5; id++)
      await engine.query("insert into pets values ($1, $2, $3, $4)", [id, `멍멍이 ${id}`, born, { id }]);
    for (let id = 1; id <= 5; id++) {
      const { rows } = await engine.query("select * from pets where id = $1", [id]);
      expect(rows).toEqual([{ id, name: `멍멍이 ${id}`, born, tags: { id } }]);
    }
    expect(await preparedWith("insert into pets")).toBe(1);
    expect((await engine.query("select * from pets where id = $1", [99])).rows).toEqual([]);
  });

  it("fail as they would otherwise, also within a transaction, and work again afterwards", async () => {
    const insert = (id: number) => engine.query("insert into pets (id, name) values ($1, $2)", [id, "x"]);
    for (let i = 0; i < 3; i++) await expect(insert(1)).rejects.toMatchObject({ code: "23505" });
    const inTransaction = engine.transaction(async (tx) => {
      await tx.query("insert into pets (id, name) values ($1, $2)", [50, "rolled back"]);
      await tx.query("insert into pets (id, name) values ($1, $2)", [1, "twice"]);
    });
    await expect(inTransaction).rejects.toMatchObject({ code: "23505" });
    expect((await engine.query("select id from pets where id = $1", [50])).rows).toEqual([]);
    await insert(51);
    expect((await engine.query("select name from pets where id = $1", [51])).rows).toEqual([{ name: "x" }]);
  });

  it("are read again where a table has changed: one asker hears of it, the next does not", async () => {
    const all = () => engine.query("select * from pets where id = $1", [2]);
    for (let i = 0; i < 3; i++) await all();
    await engine.exec("alter table pets add column legs int default 4");
    await all().catch(() => undefined);
    expect((await all()).rows).toMatchObject([{ id: 2, legs: 4 }]);
  });

  it("have one plan where they ask by a key, and any other is planned for what it is asked, also after an error", async () => {
    const { sql } = plannedOnce({ getQuery: () => ({ sql: "select 6 / $1::int as share" }) }).getQuery();
    const modeNow = async () => (await engine.query("show plan_cache_mode")).rows;
    for (const [by, share] of [
      [1, 6],
      [2, 3],
      [3, 2],
    ] as const)
      expect(await engine.query(sql, [by])).toMatchObject({ rows: [{ share }], command: "SELECT" });
    await expect(engine.query(sql, [0])).rejects.toMatchObject({ code: "22012" });
    expect(await modeNow()).toEqual([{ plan_cache_mode: "force_custom_plan" }]);
    expect((await engine.query(sql, [6])).rows).toEqual([{ share: 1 }]);
    expect(await modeNow()).toEqual([{ plan_cache_mode: "force_custom_plan" }]);
  });

  it("are no more than 200, whatever is asked", async () => {
    for (let n = 0; n < 210; n++) for (let twice = 0; twice < 2; twice++) await engine.query(`select ${n} as counted`);
    const kept = await preparedWith("as counted");
    expect(kept).toBeGreaterThan(150);
    expect(kept).toBeLessThanOrEqual(200);
    expect((await engine.query("select 0 as counted")).rows).toEqual([{ counted: 0 }]);
  });
});
