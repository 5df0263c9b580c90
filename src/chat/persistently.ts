import { setTimeout } from "node:timers/promises";

/** Tries something that may fail for a while: five times, longer and longer apart. Throws what the last try threw, or when the bot closes. */
export const persistently = async <T>(
  signal: AbortSignal,
  work: () => Promise<T>,
  mayRetry: (error: unknown) => boolean,
): Promise<T> => {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || tries >= 5 || !mayRetry(error)) throw error;
      await setTimeout(250 * 2 ** tries, undefined, { signal, ref: false });
    }
  }
};
