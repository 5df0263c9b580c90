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
  return { engine, database, close: () => engine.close() };
};
