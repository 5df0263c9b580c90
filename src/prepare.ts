import { existsSync } from "node:fs";
import { mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { openBlobs } from "./blobs/blobs.ts";
import { embeddedQueue } from "./jobs/embedded.ts";
import { openLog } from "./log.ts";
import { openDatabase } from "./store/database.ts";
import { preparedHome } from "./store/preparedHome.ts";
import { installShipped, shippedFolder } from "./store/shippedModels.ts";
import { openStore } from "./store/store.ts";

/** The end of `npm run build`: prepares the home folder that new ones begin as, unless it is there, and lets go of earlier ones. */
const home = preparedHome();
const dist = dirname(home);
if (!existsSync(home)) {
  const draft = await mkdtemp(join(dist, "draft-"));
  try {
    const { engine, database, tidyUp, close } = await openDatabase(join(draft, "database"));
    const queue = await embeddedQueue(engine, openLog({ log: "error" }));
    await installShipped(shippedFolder, openStore(database), openBlobs(join(draft, "blobs")));
    await tidyUp();
    await queue.close();
    // What further databases would be made of, which nobody makes here: half of all files.
    await engine.exec("update pg_database set datistemplate = false");
    for (const name of ["template0", "template1"]) await engine.exec(`drop database ${name}`);
    await close();
    // Somebody else may have been faster; theirs is as good.
    await rename(draft, home).catch(() => {});
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
for (const name of await readdir(dist))
  if (name.startsWith("home-") && name !== basename(home)) await rm(join(dist, name), { recursive: true, force: true });
