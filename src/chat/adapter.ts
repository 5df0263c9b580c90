import type { Config } from "../config.ts";
import type { FileRef } from "../files.ts";
import type { Log } from "../log.ts";
import type { AdapterName } from "../place.ts";
import type { Store } from "../store/store.ts";
import type { Bot } from "./bot.ts";
import type { ConnectionState } from "./connections.ts";

/** What a platform can show. `Infinity` is no limit, 0 is not at all. */
export interface AdapterLimits {
  /** Files, pictures among them, of one message. */
  filesPerMessage: number;
  bytesPerFile: number;
  /** All files of one message together. */
  bytesPerMessage: number;
  charactersPerMessage: number;
  buttonsPerMessage: number;
  charactersPerButton: number;
  /** Choices of a menu in a message; 0 where there are none, or where the platform offers the same otherwise. */
  choicesPerMenu: number;
  /** Values that are offered while an option is typed. */
  choices: number;
  /** For how many seconds after it was sent a message can be edited, and one that only one person sees. */
  editSeconds: { message: number; ephemeral: number };
  /** How many seconds to leave between two edits of a message that shows progress: `Bot.events` tells the adapter no more often. */
  secondsBetweenEdits: number;
  /** Whether one person of a channel can be told something that the others do not see. */
  ephemeral: boolean;
  threads: boolean;
}

/** What an adapter works with; each takes what it needs. */
export interface AdapterParts {
  bot: Bot;
  /** The web chat keeps its channels and their history there; other platforms keep their own. */
  store: Pick<Store, "messages" | "blobs" | "deliveries">;
  config: Config;
  /** Where whoever has the link can download a file from the web chat: for what is too large for a platform. */
  linkTo(file: FileRef): string;
  log: Log;
  /** Says how the connection to the platform is, for the log and /status. Not called, a platform is what is always there. */
  connection(state: ConnectionState): void;
  /** Aborts when the bot closes: nothing may be sent from then on. */
  signal: AbortSignal;
}

/**
 * A chat platform. `start` takes its events to the bot and its deliveries from the outbox, until the signal aborts; what it returns is for
 * those who reach the bot through it, such as the web server. What the bot throws as a `UserError` an adapter tells to that peer alone.
 */
export interface Adapter<Opened = unknown> {
  name: AdapterName;
  limits: AdapterLimits;
  /** Whether it has what it needs, such as a token. Without it the platform is not started; left out where nothing is needed. */
  isSetUp?(config: Config): boolean;
  /** A platform that cannot be reached is no failure: `start` returns, tries on, and reports its state through `connection`. */
  start(parts: AdapterParts): Promise<Opened>;
}
