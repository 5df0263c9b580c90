import type { Config } from "../config.ts";

/** What a worker host does for a queue. Each queue has child processes of its own, so no job of one ever waits for those of another. */
interface QueueSpec {
  /** How many child processes of a host work side by side. */
  children(config: Pick<Config, "imageChildren" | "inferChildren">): number;
  /**
   * How readily its children leave a busy processor to others: nice(1), from 0 to 19. That is the order of priority between queues,
   * since what is started later does not wait for what is started earlier; the bot itself is at 0.
   */
  niceness: number;
  /** Whether its children may open connections. */
  network?: true;
  /** What its children may do with the published data sets. */
  dataSets?: "read" | "write";
  /** Its jobs take minutes or hours: a person has one of them in the queue at a time, and their next follows when it has ended. */
  heavy?: true;
}

/** Every queue, by what a machine needs to serve it. Adding one: its line here. */
export const queues = {
  images: { children: ({ imageChildren }) => imageChildren, niceness: 10 },
  // Of a picture's classification its network is a quarter; while one child reads or draws, another computes.
  infer: { children: ({ inferChildren }) => inferChildren, niceness: 15, dataSets: "read" },
  // TensorFlow uses all cores for one batch; a download needs none.
  train: { children: () => 1, niceness: 19, dataSets: "read", heavy: true },
  fetch: { children: () => 2, niceness: 15, network: true, dataSets: "write" },
} as const satisfies Record<string, QueueSpec>;

export type QueueName = keyof typeof queues;
export const queueNames = Object.keys(queues) as readonly QueueName[];

/** What a host does for a queue. */
export const queueSpec = (name: QueueName): QueueSpec => queues[name];

/** What queues were called before, for those who start workers by script. */
export const formerQueues: Readonly<Record<string, QueueName>> = { studio: "images", classify: "infer" };
