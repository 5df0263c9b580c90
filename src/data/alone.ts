import { open, rm, stat, utimes } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";

/** Whoever works touches its claim this often. */
const BEAT_MS = 1000;
/** A claim that nobody has touched for so long is that of a process which was killed. */
const STALE_MS = 10_000;
const LOOK_MS = 250;

/** Makes the file that says that somebody works; false where it is there already. One that was left behind is removed. */
const claim = async (path: string): Promise<boolean> => {
  try {
    await (await open(path, "wx")).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const touched = await stat(path).then(
    (it) => it.mtimeMs,
    () => Date.now(),
  );
  if (Date.now() - touched > STALE_MS) await rm(path, { force: true });
  return false;
};

/**
 * Does work that only one process may do at a time, once nobody else does: `path` is the file that says so. Rejects as `signal` does while it
 * waits; the work itself looks at it.
 */
export const alone = async <T>(path: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
  while (!(await claim(path))) await setTimeout(LOOK_MS, undefined, { signal });
  const touch = () => utimes(path, new Date(), new Date()).catch(() => {});
  const beat = setInterval(touch, BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(path, { force: true });
  }
};
