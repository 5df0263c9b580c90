import pino from "pino";
import type { Config } from "./config.ts";

/** What a part of the program may write to the log: facts first, then a short sentence. */
export type Log = Pick<pino.Logger, "debug" | "info" | "warn" | "error">;

/** A line that was written a moment ago is counted for this long instead of written again. */
const QUIET_MS = 60_000;

/** What makes two lines the same: everything but when they were written and where in the code an error was made. */
const keyOf = (level: number, given: readonly unknown[]): string =>
  JSON.stringify([level, ...given], (_, value: unknown) => {
    if (!(value instanceof Error)) return value;
    return { type: value.name, message: value.message, cause: value.cause };
  });

/** Writes a line once, and again after `quietMs` with how often it was held back in between. */
const onlyOnce = (quietMs: number) => {
  const heldBack = new Map<string, number>();
  return function (this: pino.Logger, given: Parameters<pino.LogFn>, write: pino.LogFn, level: number): void {
    const key = keyOf(level, given);
    const before = heldBack.get(key);
    if (before !== undefined) {
      heldBack.set(key, before + 1);
      return;
    }
    const say = (times: number) => {
      const [facts, ...sentence] = typeof given[0] === "object" ? given : [{}, ...given];
      const more = times > 0 ? { ...(facts instanceof Error ? { err: facts } : (facts as object)), heldBack: times } : facts;
      write.apply(this, [more, ...sentence] as unknown as typeof given);
      heldBack.set(key, 0);
      setTimeout(() => {
        const since = heldBack.get(key) ?? 0;
        if (since > 0) say(since);
        else heldBack.delete(key);
      }, quietMs).unref();
    };
    say(0);
  };
};

/**
 * One logger, as JSON lines on standard error; standard output belongs to answers. What fails again and again, as on a full disk,
 * must not fill what is left of it, so the same line is not written twice within a minute.
 */
export const openLog = ({ log }: Pick<Config, "log">, quietMs = QUIET_MS): Log => {
  const stderr = pino.destination({ dest: 2, sync: true });
  // A log that cannot be written, perhaps because it lies on that full disk, is no reason to stop.
  stderr.on("error", () => {});
  return pino({ level: log, base: null, hooks: { logMethod: onlyOnce(quietMs) } }, stderr);
};
