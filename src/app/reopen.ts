import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import type { Space } from "../space.ts";
import { type Started, startBot } from "./bot.ts";

/** A new database takes 40 MB. */
const NEW_DATABASE_BYTES = 60e6;
/** How often it is checked whether a closed bot can be opened again. */
const LOOK_MS = 1000;
const pause = () => new Promise((resolve) => setTimeout(resolve, LOOK_MS));

/** A bot that is open whenever the disk has room for it. */
export interface Kept {
  /** The bot, unless it is closed for now. */
  now(): Started | undefined;
  close(): Promise<void>;
}

/**
 * Opens the bot, and opens it again after its database has ended, as soon as there is room; `onClosed` is called when it closes in
 * between. With `patient` it also waits for room before the first opening; otherwise too little room is a `UserError`.
 */
export const keepOpen = async (
  { config, log, space, onClosed }: { config: Config; log: Log; space: Space; onClosed: () => void },
  patient: boolean,
): Promise<Kept> => {
  let started: Started | undefined;
  let closing = false;
  const needed = () => (existsSync(join(config.home, "database", "PG_VERSION")) ? 0 : NEW_DATABASE_BYTES);

  const open = async () => {
    let ended = false;
    const onEnd = (err: unknown) => {
      ended = true;
      log.error({ err }, "the database ended; it is opened again when there is room");
      if (started) reopening = reopen(started);
    };
    const it = await startBot(config, log, { onEnd });
    const unfollow = space.follow(it.work);
    const close = async () => {
      unfollow();
      await it.close();
    };
    if (ended) {
      await close();
      throw new Error("The database ended while it was opened");
    }
    started = { ...it, close };
  };

  const reopen = async (old?: Started): Promise<void> => {
    started = undefined;
    if (old) {
      await old.close();
      onClosed();
    } else log.warn({ home: config.home }, "too little room on the disk; opening when there is more");
    while (!started && !closing) {
      await pause();
      if (!(await space.hasRoom(needed()).catch(() => false))) continue;
      await open().then(
        () => log.info("open again"),
        (err: unknown) => log.error({ err }, "cannot be opened yet"),
      );
    }
  };

  let reopening = Promise.resolve();
  if (await space.hasRoom(needed())) await open();
  else if (patient) reopening = reopen();
  else await space.demand(needed());
  return {
    now: () => started,
    close: async () => {
      closing = true;
      await reopening;
      await started?.close();
    },
  };
};
