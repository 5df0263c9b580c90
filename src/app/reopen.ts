import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import type { Space } from "../space.ts";
import { type Started, startBot } from "./bot.ts";
import { neededRoom } from "./neededRoom.ts";

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
 * between. `begun` is a new home's copy of the prepared one where there was room for it (serve.ts). With `patient` it also waits for room before the first opening; otherwise too little room is a `UserError`.
 */
export const keepOpen = async (
  {
    config,
    log,
    space,
    begun,
    onClosed,
  }: { config: Config; log: Log; space: Space; begun?: Promise<boolean> | undefined; onClosed: () => void },
  patient: boolean,
): Promise<Kept> => {
  let started: Started | undefined;
  let closing = false;
  const needed = () => neededRoom(config.home);

  const open = async (begun?: Promise<boolean>) => {
    let ended = false;
    const onEnd = (err: unknown) => {
      ended = true;
      log.error({ err }, "the database ended; it is opened again when there is room");
      if (started) reopening = reopen(started);
    };
    const it = await startBot(config, log, { onEnd, begun });
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
  if (begun || (await space.hasRoom(needed()))) await open(begun);
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
