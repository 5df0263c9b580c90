import pino from "pino";
import type { Config } from "./config.ts";

/** What a part of the program may write to the log: facts first, then a short sentence. */
export type Log = Pick<pino.Logger, "debug" | "info" | "warn" | "error">;

/** One logger, as JSON lines on standard error; standard output belongs to answers. */
export const openLog = ({ log }: Pick<Config, "log">): Log =>
  pino({ level: log, base: null }, pino.destination({ dest: 2, sync: true }));
