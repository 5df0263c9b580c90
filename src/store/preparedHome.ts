import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

const migrations = fileURLToPath(new URL("./migrations/", import.meta.url));
const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const manifest = new URL("../../package.json", import.meta.url);
const preparation = new URL("../prepare.ts", import.meta.url);

/** A name for what new databases are made of: PostgreSQL's version, the tables of ours and of the queue, and what is done to them. */
const key = (): string => {
  const { dependencies } = JSON.parse(readFileSync(manifest, "utf8")) as { dependencies: Record<string, string> };
  const hash = createHash("sha256").update(`${dependencies["@electric-sql/pglite"]} ${dependencies["bullmq"]}`);
  hash.update(readFileSync(preparation));
  for (const file of readdirSync(migrations, { recursive: true, encoding: "utf8" }).sort())
    if (/\.(sql|json)$/.test(file)) hash.update(file).update(readFileSync(join(migrations, file)));
  return hash.digest("hex").slice(0, 16);
};

/** Where `npm run build` keeps a home folder as the first start leaves it (src/prepare.ts). */
export const preparedHome = (): string => join(dist, `home-${key()}`);

/** What the thread that copies runs, in plain JavaScript, which it reads without a loader. */
const source = `
const { cpSync } = require("node:fs");
for (const [from, to] of require("node:worker_threads").workerData) cpSync(from, to, { recursive: true });
`;

/** Copies folders in a thread of its own: this one loads modules meanwhile, and would come to the next file only in between. */
const copyFolders = (pairs: readonly (readonly [from: string, to: string])[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(source, { eval: true, workerData: pairs });
    thread.once("error", reject);
    thread.once("exit", () => resolve());
  });

/**
 * Lets a new home begin with the tables and models of the prepared one: PostgreSQL's `initdb` takes some 2.5 s, a copy of its 600 files a fraction of that. Where
 * nothing is prepared, or the home has a database, nothing is done, and it resolves to false; what a start brings up to date it brings up to date here as well.
 * Throws as the disk does; a copy that was cut short begins again at the next start. For the holder of the home's lock.
 */
export const beginPrepared = async (home: string, prepared = preparedHome()): Promise<boolean> => {
  const database = join(home, "database");
  if (existsSync(join(database, "PG_VERSION"))) return false;
  if (!existsSync(prepared)) return false;
  const draft = join(home, "database.draft");
  await rm(draft, { recursive: true, force: true });
  try {
    await copyFolders([
      [join(prepared, "blobs"), join(home, "blobs")],
      [join(prepared, "database"), draft],
    ]);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
  await rm(database, { recursive: true, force: true });
  // The database is there whole, or not at all.
  await rename(draft, database);
  return true;
};
