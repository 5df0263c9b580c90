import { type QueueName, queueNames, queueSpec } from "./queues.ts";
import { requestOfJob } from "./results.ts";
import type { Transport } from "./transport.ts";
import type { Turns } from "./turns.ts";

/** Hears at which place from 1 a request waits for its turn in a heavy queue, and `undefined` when it waits there no longer. */
export type OnPlace = (request: string, place: number | undefined) => void;

const heavyQueues: readonly QueueName[] = queueNames.filter((it) => queueSpec(it).heavy);
/** All that moves a queue on. */
const moves = ["added", "waiting", "active", "completed", "failed", "removed"] as const;

/** The requests that wait for a queue, in the order in which they will run, as far as one can see: in the queue, then for their turn. */
const lineOf = async (queue: QueueName, transport: Transport, turns: Pick<Turns, "line">): Promise<readonly string[]> => {
  const jobs = await transport.queue(queue).getRanges(["waiting", "prioritized"], 0, -1, true);
  return [...new Set([...jobs.map(requestOfJob), ...turns.line(queue)])];
};

/** Tells every change of a place, in the order of the queue; `look` says that something may have changed here. */
export const watchPlaces = (transport: Transport, turns: Pick<Turns, "line">, onPlace: OnPlace) => {
  const known = new Map<QueueName, readonly string[]>();
  let isLooking = false;
  let again = false;

  const lookOnce = async () => {
    for (const queue of heavyQueues) {
      const before = known.get(queue) ?? [];
      const line = await lineOf(queue, transport, turns);
      known.set(queue, line);
      for (const request of before) if (!line.includes(request)) onPlace(request, undefined);
      line.forEach((request, index) => {
        if (before[index] !== request) onPlace(request, index + 1);
      });
    }
  };
  const look = async (): Promise<void> => {
    again = true;
    if (isLooking) return;
    isLooking = true;
    while (again) {
      again = false;
      // A queue that cannot be reached is reported where it is needed; here the next move looks again.
      await lookOnce().catch(() => {});
    }
    isLooking = false;
  };
  for (const queue of heavyQueues) for (const move of moves) transport.events(queue).on(move, look);
  return { look };
};
