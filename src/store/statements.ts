import type { PGlite } from "@electric-sql/pglite";

/** So many different statements are kept prepared: more than this project and BullMQ ask in a day. */
const MOST = 200;
/**
 * How often and for how many milliseconds a statement is asked before it is prepared again: PostgreSQL makes its plan for the size that the
 * tables have when it is prepared, and nothing here tells it that they have grown.
 */
const MOST_USES = 1000;
const MOST_MS = 5 * 60_000;
const LETTER = { parse: 80, describe: 68, bind: 66, execute: 69, sync: 83, statement: 83 } as const;

type Stream = PGlite["execProtocolStream"];
type Messages = Awaited<ReturnType<Stream>>;
interface Prepared {
  name: string;
  /** The types of its parameters and of its columns. */
  described: Messages;
  uses: number;
  since: number;
}

/** A message of PostgreSQL's protocol: its letter, its length, its body. */
const message = (letter: string, ...body: readonly Uint8Array[]): Buffer => {
  const length = body.reduce((sum, it) => sum + it.length, 4);
  const head = Buffer.alloc(5, letter, "latin1");
  head.writeInt32BE(length, 1);
  return Buffer.concat([head, ...body]);
};
const named = (name: string) => Buffer.from(`${name}\0`, "latin1");

/**
 * Lets a PGlite prepare what it is asked for the second time, and keep it prepared: reading and planning a statement takes PostgreSQL
 * longer than answering it, and of six messages one after the other, two remain for the first and one for any other time. PGlite's own
 * `query` and `transaction` stay as they are; this stands where they hand a message over (Parse, Describe, Bind, Describe, Execute and Sync,
 * never interleaved with another statement's). `now` is in milliseconds.
 */
export const keepPrepared = (engine: Pick<PGlite, "execProtocolStream">, now: () => number = () => performance.now()): void => {
  const send = engine.execProtocolStream.bind(engine);
  const kept = new Map<string, Prepared>();
  const seenOnce = new Set<string>();
  /** What goes with the next messages: names that are no longer needed. */
  let closing: Buffer[] = [];
  let numbered = 0;
  /** The statement whose messages come now, and those of them that wait for its Sync. */
  let current: { text: string; prepared: Prepared } | undefined;
  let waiting: Uint8Array[] = [];

  const forget = (text: string) => {
    const it = kept.get(text);
    if (!it) return;
    kept.delete(text);
    closing.push(message("C", Buffer.from("S", "latin1"), named(it.name)));
  };
  /** Sends what was to be closed, and these. */
  const sendAll = (messages: readonly Uint8Array[], options: Parameters<Stream>[1]) => {
    const all = [...closing, ...messages];
    closing = [];
    return send(all.length === 1 ? (all[0] as Uint8Array) : Buffer.concat(all), options);
  };

  const find = (text: string): Prepared | undefined => {
    const it = kept.get(text);
    if (!it) return undefined;
    it.uses++;
    if (it.uses > MOST_USES || now() - it.since > MOST_MS) {
      forget(text);
      return undefined;
    }
    kept.delete(text);
    kept.set(text, it); // a Map keeps its order of insertion: the end is the most recently used
    return it;
  };

  const prepare = async (text: string, body: Uint8Array, options: Parameters<Stream>[1]): Promise<Prepared> => {
    const [oldest] = kept.keys();
    if (kept.size >= MOST && oldest !== undefined) forget(oldest);
    const name = `s${numbered++}`;
    const describe = message("D", Buffer.from("S", "latin1"), named(name));
    const described = await sendAll([message("P", named(name), body.subarray(1)), describe], options);
    const it = { name, described, uses: 1, since: now() };
    kept.set(text, it);
    return it;
  };

  engine.execProtocolStream = async (bytes, options) => {
    const letter = bytes[0];
    const body = bytes.subarray(5);
    if (letter === LETTER.parse) {
      waiting = [];
      current = undefined;
      const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString("latin1");
      let prepared = find(text);
      if (!prepared) {
        const isFirst = !seenOnce.has(text) && body[0] === 0;
        if (isFirst) {
          if (seenOnce.size >= MOST) seenOnce.clear();
          seenOnce.add(text);
          return sendAll([bytes], options);
        }
        prepared = await prepare(text, body, options);
      }
      current = { text, prepared };
      return [];
    }
    if (!current) return send(bytes, options);
    if (letter === LETTER.describe && body[0] === LETTER.statement) return current.prepared.described;
    if (letter === LETTER.bind) {
      waiting.push(message("B", body.subarray(0, 1), named(current.prepared.name), body.subarray(2)));
      return [];
    }
    if (letter === LETTER.describe || letter === LETTER.execute) {
      waiting.push(bytes);
      return [];
    }
    const { text } = current;
    const messages = [...waiting, bytes];
    current = undefined;
    waiting = [];
    try {
      return await sendAll(messages, options);
    } catch (error) {
      forget(text); // perhaps because a table has changed since
      throw error;
    }
  };
};
