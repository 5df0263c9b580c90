import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { drizzle, type PgliteDatabase } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";

export type Database = PgliteDatabase;

/** PostgreSQL inside this process. `engine` is also where the embedded queue lives. */
export interface Embedded {
  engine: PGlite;
  database: Database;
  /**
   * What PostgreSQL's own housekeeping would do, which does not run inside another process: without it the planner knows nothing
   * about the tables (20 s for a query that takes 3 ms) and rows that were changed or removed keep their place.
   */
  tidyUp(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the tables in a folder (or in memory) and brings them up to date. Only one process may hold a folder: see lock.ts. */
export const openDatabase = async (folder?: string): Promise<Embedded> => {
  if (folder) await mkdir(folder, { recursive: true });
  const engine = await PGlite.create(folder ? { dataDir: folder } : {});
  const database = drizzle(engine, { casing: "snake_case" });
  await migrate(database, {
    migrationsFolder: fileURLToPath(new URL("./migrations", import.meta.url)),
    migrationsSchema: "peerlab_migrations",
  });
  return {
    engine,
    database,
    tidyUp: async () => {
      const { rows } = await engine.query<{ name: string }>(
        "select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables where schemaname in ('peerlab', 'bullmq')",
      );
      // A tenth of the usual sample: 3,000 rows tell enough, and everybody waits meanwhile. A table at a time lets others in between.
      await engine.exec("set default_statistics_target = 10");
      for (const { name } of rows) await engine.exec(`vacuum (analyze) ${name}`);
    },
    close: () => engine.close(),
  };
};
