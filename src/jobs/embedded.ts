import { EventEmitter } from "node:events";
import type { PGlite } from "@electric-sql/pglite";
import { type ConnectionOptions, createPostgresBackend, runMigrations } from "bullmq";
import type { Log } from "../log.ts";
import { lighterBackend } from "./lighterBackend.ts";
import { lighterFunctions } from "./lighterFunctions.ts";
import { type Transport, transport } from "./transport.ts";

const ask = async (engine: PGlite, text: string, params: unknown[] = []) => {
  const result = params.length > 0 ? await engine.query(text, params) : (await engine.exec(text)).at(-1);
  return { rows: result?.rows ?? [], rowCount: result?.affectedRows ?? result?.rows.length ?? 0 };
};

/** The part of a `pg.Client` that BullMQ uses. All of them share PGlite's one session, which is why no event is ever lost. */
class Client extends EventEmitter {
  readonly #engine: PGlite;
  readonly #stopListening: () => void;

  constructor(engine: PGlite) {
    super();
    this.#engine = engine;
    this.#stopListening = engine.onNotification((channel, payload) => this.emit("notification", { channel, payload }));
  }

  query(text: string, params?: unknown[]) {
    return ask(this.#engine, text, params);
  }

  release() {
    this.#stopListening();
  }
}

class Pool extends EventEmitter {
  readonly #engine: PGlite;

  constructor(engine: PGlite) {
    super();
    this.setMaxListeners(0);
    this.#engine = engine;
  }

  async connect() {
    return new Client(this.#engine);
  }

  query(text: string, params?: unknown[]) {
    return ask(this.#engine, text, params);
  }

  async end() {}
}

/** BullMQ inside the process that owns the database: no server of any kind. For one machine; Redis is for more. */
export const embeddedQueue = async (engine: PGlite, log: Log): Promise<Transport> => {
  await engine.exec("create schema if not exists bullmq; set search_path to bullmq, public");
  const pool = new Pool(engine);
  const client = await pool.connect();
  await runMigrations(client as unknown as Parameters<typeof runMigrations>[0], "bullmq");
  client.release();
  await engine.exec(lighterFunctions);
  return transport(pool as unknown as ConnectionOptions, log, lighterBackend(createPostgresBackend) as unknown as undefined);
};
