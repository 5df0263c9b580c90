import {
  type ConnectionOptions,
  FlowProducer,
  type Processor,
  Queue,
  QueueEvents,
  QueueEventsProducer,
  type QueueOptions,
  Worker,
  type WorkerOptions,
} from "bullmq";
import type { Log } from "../log.ts";
import { HeardWorker } from "./children.ts";
import { openPauses } from "./pauses.ts";

/** Where jobs travel: an embedded database or Redis. Everything it made is closed together. */
export interface Transport {
  flows: FlowProducer;
  queue(name: string, options?: Pick<QueueOptions, "settings">): Queue;
  worker(name: string, processor: Processor | URL, options: Omit<WorkerOptions, "connection">): Worker;
  /** Hears progress and our own `cancel` events. Best effort: never wait for an answer here. */
  events(name: string): QueueEvents;
  eventsProducer(name: string): QueueEventsProducer;
  /** Allows or forbids its workers to begin jobs. What has begun goes on. */
  work(may: boolean): void;
  /** Waits for running jobs, unless `atOnce`. */
  close(atOnce?: boolean): Promise<void>;
}

/** What the names of all our keys in a Redis begin with. Others may use that Redis too, and earlier versions of Peerlab had other queues. */
const PREFIX = "peerlab";

/** How often a job may lose its host: always, for it was not the job's fault. One that ends its own child has failed instead. */
const UNLIMITED = 2 ** 31 - 1; // the largest that a queue in PostgreSQL can compare with

type Closable = { close(atOnce?: boolean): Promise<unknown>; on(event: "error", listener: (error: Error) => void): unknown };

/** `backend` is BullMQ's backend factory; none means Redis. */
export const transport = (connection: ConnectionOptions, log: Log, backend?: undefined): Transport => {
  const shared = { connection, prefix: PREFIX };
  const made: Closable[] = [];
  const pauses = openPauses();
  let closing = false;
  const keep = <T extends Closable>(it: T): T => {
    // While closing, BullMQ reports the connections that we take away ourselves.
    it.on("error", (err) => {
      if (!closing) log.error({ err }, "the queue reports an error");
    });
    made.push(it);
    return it;
  };
  const once = <T, O>(make: (name: string, options?: O) => T) => {
    const known = new Map<string, T>();
    return (name: string, options?: O): T => {
      const it = known.get(name) ?? make(name, options);
      known.set(name, it);
      return it;
    };
  };
  return {
    flows: keep(new FlowProducer(shared, backend)),
    queue: once((name, options?: Pick<QueueOptions, "settings">) => keep(new Queue(name, { ...shared, ...options }, backend))),
    worker: (name, processor, options) =>
      pauses.add(keep(new HeardWorker(name, processor, { ...shared, maxStalledCount: UNLIMITED, ...options }, backend))),
    events: once((name) => keep(new QueueEvents(name, shared, backend))),
    eventsProducer: once((name) => keep(new QueueEventsProducer(name, shared, backend))),
    work: pauses.work,
    close: async (atOnce = false) => {
      closing = true;
      pauses.close();
      // Workers first, for what they still have in hand may look into a queue, and a closed queue never answers.
      const newest = made.toReversed();
      const workers = newest.filter((it) => it instanceof Worker);
      for (const it of [...workers, ...newest.filter((other) => !(other instanceof Worker))]) await it.close(atOnce);
    },
  };
};

/** Jobs over a Redis server, for workers on other machines. */
export const redisQueue = (url: string, log: Log): Transport => transport({ url, maxRetriesPerRequest: null }, log);
