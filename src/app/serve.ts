import type { Config } from "../config.ts";
import { UserError } from "../errors.ts";
import { openClosers } from "../lifecycle.ts";
import type { Log } from "../log.ts";
import { watchSpace } from "../space.ts";
import { engineModule } from "../store/engineModule.ts";
import { takeLock } from "../store/lock.ts";
import { beginPrepared } from "../store/preparedHome.ts";
import { neededRoom } from "./neededRoom.ts";
import type { Serving } from "./servers.ts";
import { systemCode } from "./systemCode.ts";

/** Takes the folder's lock, or throws a `UserError` that says why the folder cannot be used. */
const enter = async (home: string, onLost: () => void) => {
  try {
    return await takeLock(home, onLost);
  } catch (cause) {
    const code = systemCode(cause);
    throw code ? new UserError("folder_unusable", { path: home, code }, { cause }) : cause;
  }
};

/** Begins a new home's copy of the prepared one where there is room for it. Whoever waits for it hears how it went. */
const beginCopy = async (home: string, hasRoom: (bytes: number) => Promise<boolean>) => {
  if (!(await hasRoom(neededRoom(home)))) return undefined;
  const copying = beginPrepared(home);
  copying.catch(() => {});
  return { copying };
};

/**
 * Starts Peerlab in `config.home` and listens on its socket for `ask`, with `web` on a port too. Undefined when another
 * process holds the folder. A new home's files are copied and PostgreSQL is compiled while most modules are loaded.
 */
export const serve = async (config: Config, log: Log, { web }: { web: boolean }): Promise<Serving | undefined> => {
  const release = await enter(config.home, () => {
    log.error({ home: config.home }, "another Peerlab took this folder over, because this one gave no sign of life; stopping");
    // Closing would write into a database that belongs to another process now.
    process.exit(1);
  });
  if (!release) return undefined;
  const opened = openClosers();
  opened.add(release);
  try {
    const space = watchSpace(config);
    opened.add(space.close);
    const begun = (await beginCopy(config.home, space.hasRoom))?.copying;
    // Whoever takes the folder next must find that nobody writes there.
    opened.add(() => begun?.catch(() => {}));
    engineModule().catch(() => {});
    const { openServers } = await import("./servers.ts");
    return await openServers({ config, log, space, opened, begun, web });
  } catch (error) {
    await opened.close();
    throw error;
  }
};
