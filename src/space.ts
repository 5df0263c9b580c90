import { access, constants, statfs } from "node:fs/promises";
import { UserError } from "./errors.ts";

/** How often the disk is checked when nobody asks. */
const LOOK_MS = 1000;
/** The fewest files that must still fit; file systems run out of them as well. */
const MIN_FREE_FILES = 1000;

/** What is left on the disk of the home folder. */
export interface Space {
  /** Resolves to whether there is room for so many new bytes, beyond the reserve for finishing what has begun. */
  hasRoom(bytes?: number): Promise<boolean>;
  /** Throws a `UserError` when there is no room. */
  demand(bytes?: number): Promise<void>;
  /** What /healthz says about it. */
  state(): Promise<"ok" | "full" | "not writable">;
  /** Calls the listener with whether there is room, now and whenever that changes, until the returned function is called. */
  follow(listener: (room: boolean) => void): () => void;
  close(): void;
}

/** Watches the disk under `home`. The database must never run into a full disk, so nothing new begins below `minFreeMb`. */
export const watchSpace = ({ home, minFreeMb }: { home: string; minFreeMb: number }): Space => {
  const listeners = new Set<(room: boolean) => void>();
  let had = true;
  const measure = async () => {
    const { bavail, bsize, files, ffree } = await statfs(home);
    return { freeMb: (bavail * bsize) / 1e6, filesLeft: files === 0 || ffree > MIN_FREE_FILES };
  };
  const hasRoom = async (bytes = 0) => {
    const { freeMb, filesLeft } = await measure();
    return filesLeft && freeMb - bytes / 1e6 >= minFreeMb;
  };
  const look = async () => {
    const has = await hasRoom().catch(() => false);
    if (has === had) return;
    had = has;
    for (const listener of listeners) listener(has);
  };
  const looking = setInterval(look, LOOK_MS);
  looking.unref();
  return {
    hasRoom,
    demand: async (bytes = 0) => {
      if (await hasRoom(bytes)) return;
      void look();
      throw new UserError("no_space", { freeMb: Math.floor((await measure()).freeMb), minFreeMb });
    },
    state: async () => {
      const writable = await access(home, constants.W_OK).then(
        () => true,
        () => false,
      );
      return !writable ? "not writable" : (await hasRoom()) ? "ok" : "full";
    },
    follow: (listener) => {
      listeners.add(listener);
      listener(had);
      return () => void listeners.delete(listener);
    },
    close: () => clearInterval(looking),
  };
};
