import { existsSync, readFileSync, statSync } from "node:fs";
import { parseEnv } from "node:util";
import { type Config, loadConfig } from "./config.ts";
import { UserError } from "./errors.ts";
import { type Language, languageOf } from "./text.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Permission bits of everybody but the owner. */
const OTHERS = 0o077;

/**
 * The environment, with what the file `.env` adds to it; the environment itself goes first. Nothing is written into `process.env`, which
 * children inherit. A `UserError` when others could read the tokens in the file.
 */
export const readEnvironment = (env: Environment, path = ".env"): Environment => {
  if (!existsSync(path)) return env;
  // Windows keeps no such bits.
  if (process.platform !== "win32" && statSync(path).mode & OTHERS) throw new UserError("environment_file_open", { path });
  return { ...parseEnv(readFileSync(path, "utf8")), ...env };
};

/** The language of whoever started this process. */
export const languageOfStart = (): Language => languageOf(process.env["LANG"]);

/** The configuration of this process. What is wrong with it is said to whoever started it, and ends the process. */
export const configOrExit = (given: Environment = {}, fallback: Environment = {}): Config => {
  try {
    return loadConfig({ ...fallback, ...readEnvironment(process.env), ...given });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
};
