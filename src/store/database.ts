import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { drizzle, type PgliteDatabase } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { DATABASE_ENDED } from "../errors.ts";
import { engineModule } from "./engineModule.ts";
import { keepPrepared } from "./statements.ts";

export type Database = PgliteDatabase;

/** PostgreSQL inside this process. `engine` is also where the embedded queue lives. */
export interface Embedded {
  engine: PGlite;
  database: Database;
  /**
   * What PostgreSQL's own housekeeping would do, which does not run inside another process: without it the planner knows nothing
   * about the tables, and joins whole ones for a few rows; and rows that were changed or removed keep their place.
   */
  tidyUp(): Promise<void>;
  close(): Promise<void>;
}

/**
 * As PGlite starts, but with a quarter of the cache: a file of the folder is read again from the system's own cache, in microseconds. And
 * statements that are kept prepared are planned for what they are asked: with one plan for all, large histories took twice as long.
 */
const settings = ["shared_buffers=32MB", "plan_cache_mode=force_custom_plan"];
const startParams = [...PGlite.defaultStartParams, ...settings.flatMap((it) => ["-c", it])];

/** A panic ends a PostgreSQL server, and so does an error that is none of PostgreSQL's own but WebAssembly's. */
const isEnd = (error: unknown) => {
  const { severity } = error as { severity?: string };
  return severity === undefined || /^(PANIC|FATAL)$/.test(severity);
};

/**
 * Lets nobody ask a database that has ended, as it does where no room is left for its journal: PGlite would compute for ever
 * on the next question, and hold up this whole process. What was committed is there when the folder is opened again.
 */
const guard = (engine: PGlite, onEnd: (error: unknown) => void): (() => boolean) => {
  let end: { cause: unknown } | undefined;
  const guarded = <A extends unknown[], R>(run: (...given: A) => Promise<R>) => {
    return async (...given: A): Promise<R> => {
      if (end) throw new Error(DATABASE_ENDED, end);
      try {
        return await run.apply(engine, given);
      } catch (error) {
        if (isEnd(error)) {
          end = { cause: error };
          onEnd(error);
        }
        throw error;
      }
    };
  };
  engine.execProtocol = guarded(engine.execProtocol);
  engine.execProtocolStream = guarded(engine.execProtocolStream);
  return () => end !== undefined;
};

/** See `Embedded.tidyUp`. */
const tidyUp = async (engine: PGlite): Promise<void> => {
  const { rows } = await engine.query<{ name: string }>(
    "select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables where schemaname in ('peerlab', 'bullmq')",
  );
  // A tenth of the usual sample: 3,000 rows tell enough, and everybody waits meanwhile. A table at a time lets others in between.
  await engine.exec("set default_statistics_target = 10");
  for (const { name } of rows) await engine.exec(`vacuum (analyze) ${name}`);
};

/**
 * Opens the tables in a folder (or in memory) and brings them up to date. Only one process may hold a folder: see lock.ts. `onEnd`
 * hears when the database ended by itself; then it is to be closed and opened again.
 */
export const openDatabase = async (folder?: string, onEnd: (error: unknown) => void = () => {}): Promise<Embedded> => {
  const isNew = folder !== undefined && !existsSync(join(folder, "PG_VERSION"));
  let close = async () => {};
  try {
    if (folder) await mkdir(folder, { recursive: true });
    const pgliteWasmModule = await engineModule();
    const engine = await PGlite.create({ ...(folder && { dataDir: folder }), startParams, pgliteWasmModule });
    const hasEnded = guard(engine, onEnd);
    close = async () => (hasEnded() ? undefined : engine.close());
    const database = drizzle(engine, { casing: "snake_case" });
    await migrate(database, {
      migrationsFolder: fileURLToPath(new URL("./migrations", import.meta.url)),
      migrationsSchema: "peerlab_migrations",
    });
    keepPrepared(engine);
    return { engine, database, tidyUp: () => tidyUp(engine), close };
  } catch (error) {
    await close();
    // Half a new database cannot be opened; without it, the next try begins afresh.
    if (isNew) await rm(folder, { recursive: true, force: true });
    throw error;
  }
};
