import { asking } from "./messages/asking.ts";
import { datasets } from "./messages/datasets.ts";
import { discord } from "./messages/discord.ts";
import { files } from "./messages/files.ts";
import { learning } from "./messages/learning.ts";
import { models } from "./messages/models.ts";
import { server } from "./messages/server.ts";
import { slack } from "./messages/slack.ts";
import { study } from "./messages/study.ts";
import type { Text } from "./text.ts";

/**
 * Everything that we tell a peer has gone wrong: what was expected, what came, what to do. Add a code in one of `messages/` and the
 * compiler asks for its facts wherever it is thrown. Facts travel between processes, so they are plain JSON.
 */
const messages = { ...asking, ...datasets, ...discord, ...files, ...learning, ...models, ...server, ...slack, ...study };

export type ErrorCode = keyof typeof messages;
export type FactsOf<C extends ErrorCode> = Parameters<(typeof messages)[C]>[0];

/** A mistake as it travels between processes and lies in the database. */
export type Mistake<C extends ErrorCode = ErrorCode> = { [K in C]: { code: K; facts: FactsOf<K> } }[C];

/** The sentence for a mistake, in every language. */
export const sentence = ({ code, facts }: Mistake): Text => (messages[code] as (facts: unknown) => Text)(facts);

/** The longest fact, in characters (none of our own reasons gets there), and how much of a longer one is repeated. */
const MAX_FACT = 320;
const SHOWN_FACT = 80;

/** Facts with what somebody typed or sent cut short, so that a sentence stays one. */
const inShort = <F extends object>(facts: F): F =>
  Object.fromEntries(
    Object.entries(facts).map(([name, it]) => [
      name,
      typeof it === "string" && it.length > MAX_FACT ? `${[...it].slice(0, SHOWN_FACT).join("")}…` : it,
    ]),
  ) as F;

/** A peer's mistake, not ours: told to them in their language, never retried, never paged. */
export class UserError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = "UserError";
  readonly mistake: Mistake;

  constructor(code: C, facts: FactsOf<C>, options?: ErrorOptions) {
    const mistake = { code, facts: inShort(facts) } as Mistake;
    super(sentence(mistake).en, options);
    this.mistake = mistake;
  }
}

/** What every query is answered with after the database has ended: the queue may live in it, and has to know. */
export const DATABASE_ENDED = "The database has ended";
