import { type messages, type PGlite, protocol, type QueryOptions, type Results, type Transaction } from "@electric-sql/pglite";

const { serialize } = protocol;

const once = new Set<string>();
/** Says that a query looks for single rows by their keys, for whatever it is asked: one plan does for all, where any other query is planned for what it is asked. */
export const plannedOnce = <Q extends { getQuery(): { sql: string } }>(query: Q): Q => {
  once.add(query.getQuery().sql);
  return query;
};
/** Before and after such a query, in the same message to PostgreSQL. */
const modes = { before: "force_generic_plan", after: "force_custom_plan" } as const;

/** So many different statements are kept prepared: more than this project and BullMQ ask in a day. */
const MOST = 200;
/**
 * How often and for how many milliseconds a statement is asked before it is prepared again: PostgreSQL makes its plan for the size that the
 * tables have when it is prepared, and nothing here tells it that they have grown.
 */
const MOST_USES = 200;
const MOST_MS = 5 * 60_000;

type Engine = Pick<
  PGlite,
  | "execProtocolStream"
  | "parsers"
  | "serializers"
  | "query"
  | "transaction"
  | "_checkReady"
  | "_runExclusiveQuery"
  | "_runExclusiveTransaction"
>;
type Messages = Awaited<ReturnType<PGlite["execProtocolStream"]>>;

/** A statement that PostgreSQL has read: its name there, the types of its parameters, and its columns. */
interface Prepared {
  name: string;
  parameters: readonly number[];
  fields: Results["fields"];
  uses: number;
  since: number;
}

/** What the messages that answer a statement's description are called. */
interface Described {
  parameterDescription: messages.ParameterDescriptionMessage;
  rowDescription: messages.RowDescriptionMessage;
}
const find = <N extends keyof Described>(messages: Messages, name: N): Described[N] | undefined =>
  messages.find((it) => it.name === name) as Described[N] | undefined;

/** The rows of an answer, and what it says of itself. */
const resultOf = (messages: Messages, { fields }: Prepared, parsers: Engine["parsers"], options: QueryOptions): Results => {
  const parsersOf = fields.map(({ dataTypeID }) => options.parsers?.[dataTypeID] ?? parsers[dataTypeID]);
  const read = (value: string | null, index: number) => {
    const parse = parsersOf[index];
    return value === null || !parse ? value : parse(value, fields[index]?.dataTypeID);
  };
  const rows: unknown[] = [];
  let [command, affectedRows] = ["", 0];
  for (const message of messages) {
    if (message.name === "dataRow") {
      const values = (message as messages.DataRowMessage).fields.map(read);
      rows.push(options.rowMode === "array" ? values : Object.fromEntries(values.map((it, index) => [fields[index]?.name, it])));
    } else if (message.name === "commandComplete") {
      const { text } = message as messages.CommandCompleteMessage;
      if (text === "SET") continue; // a switch of ours, or nobody asks
      command = text.slice(0, text.indexOf(" "));
      if (command !== "SELECT") affectedRows = Number(text.slice(text.lastIndexOf(" ") + 1)) || 0;
    }
  }
  return { rows: rows as Results["rows"], fields, affectedRows, command };
};

/**
 * Lets a PGlite prepare what it is asked for the second time, and keep it prepared: reading a statement takes PostgreSQL longer than
 * answering it, and PGlite's own `query` hands it six messages one after the other, of which one remains. Takes the place of `query`, and of
 * that of transactions; whoever asks with more than parsers and a row mode has PGlite's own. `now` is in milliseconds.
 */
export const keepPrepared = (engine: Engine, now: () => number = () => performance.now()): void => {
  const own = { query: engine.query.bind(engine), transaction: engine.transaction.bind(engine) };
  const kept = new Map<string, Prepared>();
  const seenOnce = new Set<string>();
  /** What goes before the next messages: first the switches, later names that are no longer needed. */
  let ahead: Uint8Array[] = [];
  let numbered = 0;
  const switches = { before: [] as Uint8Array[], after: [] as Uint8Array[] };
  for (const [when, mode] of Object.entries(modes) as ["before" | "after", string][]) {
    ahead.push(serialize.parse({ name: mode, text: `set plan_cache_mode = ${mode}` }));
    switches[when] = [serialize.bind({ statement: mode }), serialize.execute()];
  }

  const forget = (text: string) => {
    const it = kept.get(text);
    if (!it) return;
    kept.delete(text);
    ahead.push(serialize.close({ type: "S", name: it.name }));
  };
  /** Sends what was to go ahead, and these. */
  const send = (...messages: readonly Uint8Array[]) => {
    const all = [...ahead, ...messages];
    ahead = [];
    return engine.execProtocolStream(Buffer.concat(all), { syncToFs: false });
  };

  const recall = (text: string): Prepared | undefined => {
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

  const prepare = async (text: string): Promise<Prepared> => {
    const isFirst = !seenOnce.has(text);
    if (isFirst) {
      if (seenOnce.size >= MOST) seenOnce.clear();
      seenOnce.add(text);
    }
    const [oldest] = kept.keys();
    if (!isFirst && kept.size >= MOST && oldest !== undefined) forget(oldest);
    const name = isFirst ? "" : `s${numbered++}`;
    const messages = await send(serialize.parse({ name, text }), serialize.describe({ type: "S", name }));
    const parameters = find(messages, "parameterDescription")?.dataTypeIDs ?? [];
    const fields = find(messages, "rowDescription")?.fields.map(({ name, dataTypeID }) => ({ name, dataTypeID })) ?? [];
    const it = { name, parameters, fields, uses: 1, since: now() };
    if (!isFirst) kept.set(text, it);
    return it;
  };

  const ask = async (text: string, params: readonly unknown[], options: QueryOptions): Promise<Results> => {
    try {
      const statement = recall(text) ?? (await prepare(text));
      const values = params.map((it, index) => {
        if (it === null || it === undefined) return null;
        const write = engine.serializers[statement.parameters[index] ?? 0];
        return write ? write(it) : String(it);
      });
      const asked = [serialize.bind({ statement: statement.name, values }), serialize.execute()];
      const switched = once.has(text) ? [...switches.before, ...asked, ...switches.after] : asked;
      return resultOf(await send(...switched, serialize.sync()), statement, engine.parsers, options);
    } catch (error) {
      forget(text); // perhaps because a table has changed since
      await send(serialize.sync());
      throw error;
    }
  };

  const query = (run: Transaction["query"], between: (work: () => Promise<Results>) => Promise<Results>): PGlite["query"] =>
    (async (text: string, params: unknown[] = [], options: QueryOptions = {}) => {
      const { rowMode: _, parsers: __, ...more } = options;
      if (Object.keys(more).length > 0) return run(text, params, options);
      return between(() => engine._runExclusiveQuery(() => ask(text, params, options)));
    }) as PGlite["query"];

  engine.query = query(own.query, async (work) => {
    await engine._checkReady();
    return engine._runExclusiveTransaction(work);
  });
  engine.transaction = (work) =>
    own.transaction((tx) => {
      const asked = query(tx.query, (work) => {
        if (tx.closed) throw new Error("Transaction is closed");
        return work();
      });
      return work(Object.create(tx, { query: { value: asked } }) as Transaction);
    });
};
