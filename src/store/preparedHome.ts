import { createHash } from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const migrations = fileURLToPath(new URL("./migrations/", import.meta.url));
const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const manifest = new URL("../../package.json", import.meta.url);

/** A name for what new databases are made of: PostgreSQL's version, and the tables of ours and of the queue. */
const key = (): string => {
  const { dependencies } = JSON.parse(readFileSync(manifest, "utf8")) as { dependencies: Record<string, string> };
  const hash = createHash("sha256").update(`${dependencies["@electric-sql/pglite"]} ${dependencies["bullmq"]}`);
  for (const file of readdirSync(migrations, { recursive: true, encoding: "utf8" }).sort())
    if (/\.(sql|json)$/.test(file)) hash.update(file).update(readFileSync(join(migrations, file)));
  return hash.digest("hex").slice(0, 16);
};

/** Where `npm run build` keeps a home folder as the first start leaves it (src/prepare.ts). */
export const preparedHome = (): string => join(dist, `home-${key()}`);

/**
 * Lets a new home begin with the tables and models of the prepared one: PostgreSQL's `initdb` takes some 2.5 s, a copy of its 1,200 files a fraction of that. Where
 * nothing is prepared, or the home has a database, nothing is done, and it returns false; what a start brings up to date it brings up to date here as well.
 * Throws as the disk does; a copy that was cut short begins again at the next start. For the holder of the home's lock.
 */
export const beginPrepared = (home: string, prepared = preparedHome()): boolean => {
  const database = join(home, "database");
  if (existsSync(join(database, "PG_VERSION"))) return false;
  if (!existsSync(prepared)) return false;
  const draft = join(home, "database.draft");
  rmSync(draft, { recursive: true, force: true });
  try {
    cpSync(join(prepared, "blobs"), join(home, "blobs"), { recursive: true });
    cpSync(join(prepared, "database"), draft, { recursive: true });
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
  rmSync(database, { recursive: true, force: true });
  // The database is there whole, or not at all.
  renameSync(draft, database);
  return true;
};
