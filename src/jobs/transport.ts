import {
  type ConnectionOptions,
  FlowProducer,
  type Processor,
  Queue,
  QueueEvents,
  QueueEventsProducer,
  Worker,
  type WorkerOptions,
} from "bullmq";

/** Where jobs travel: an embedded database or Redis. Everything it made is closed together. */
export interface Transport {
  flows: FlowProducer;
  queue(name: string): Queue;
  worker(name: string, processor: Processor | URL, options: Omit<WorkerOptions, "connection">): Worker;
  /** Hears progress and our own `cancel` events. Best effort: never wait for an answer here. */
  events(name: string): QueueEvents;
  announcer(name: string): QueueEventsProducer;
  close(): Promise<void>;
}

type Closable = { close(): Promise<unknown>; on(event: "error", listener: (error: Error) => void): unknown };

/** `backend` is BullMQ's backend factory; none means Redis. */
export const transport = (connection: ConnectionOptions, backend?: undefined): Transport => {
  const made: Closable[] = [];
  let closing = false;
  const keep = <T extends Closable>(it: T): T => {
    // While closing, BullMQ reports the connections that we take away ourselves.
    it.on("error", (error) => {
      if (!closing) console.error(error);
    });
    made.push(it);
    return it;
  };
  const once = <T>(make: (name: string) => T) => {
    const known = new Map<string, T>();
    return (name: string): T => {
      const it = known.get(name) ?? make(name);
      known.set(name, it);
      return it;
    };
  };
  return {
    flows: keep(new FlowProducer({ connection }, backend)),
    queue: once((name) => keep(new Queue(name, { connection }, backend))),
    worker: (name, processor, options) => keep(new Worker(name, processor, { connection, ...options }, backend)),
    events: once((name) => keep(new QueueEvents(name, { connection }, backend))),
    announcer: once((name) => keep(new QueueEventsProducer(name, { connection }, backend))),
    close: async () => {
      closing = true;
      // Workers first, for what they still have in hand may look into a queue, and a closed queue never answers.
      const newest = made.toReversed();
      const workers = newest.filter((it) => it instanceof Worker);
      for (const it of [...workers, ...newest.filter((other) => !(other instanceof Worker))]) await it.close();
    },
  };
};

/** Jobs over a Redis server, for workers on other machines. */
export const redisQueue = (url: string): Transport => transport({ url, maxRetriesPerRequest: null });
