import { libc } from "../libc.ts";

/** So long after the last call there is rest. */
const REST_MS = 1000;

/**
 * Returns what to call whenever there was something to do: once nothing has been for a second, the C library gives the system back what was
 * freed, in some 5 ms: 45 MB after a start, where V8 compiled PostgreSQL. Keeps no process alive.
 */
export const restAfterwards = (): (() => void) => {
  let resting: NodeJS.Timeout | undefined;
  return () => {
    clearTimeout(resting);
    resting = setTimeout(() => libc?.trim?.(), REST_MS).unref();
  };
};
