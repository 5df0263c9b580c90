import { existsSync } from "node:fs";
import { join } from "node:path";

/** A new database takes 40 MB. */
const NEW_DATABASE_BYTES = 60e6;

/** How much room there has to be on the disk before the bot in a home folder is opened, in bytes. */
export const neededRoom = (home: string): number => (existsSync(join(home, "database", "PG_VERSION")) ? 0 : NEW_DATABASE_BYTES);
