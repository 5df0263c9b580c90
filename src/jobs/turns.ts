import type { QueueName } from "./queues.ts";

/** A request whose person has another one under way. */
interface Waiting {
  request: string;
  queue: QueueName;
  begin(): Promise<void>;
}

/**
 * One heavy request of a person in the queue at a time. Their next waits here, in the bot, and not in the queue: so however much one
 * person asks for, another's first is the next to run. The queue knows what is under way, and the database what waits, so a restart
 * loses nothing.
 */
export interface Turns {
  /** Begins a person's request if none of theirs is under way, and otherwise when those before it have ended. */
  take(person: string, waiting: Waiting): Promise<void>;
  /** Forgets a request that waits here. False where it does not. */
  leave(request: string): boolean;
  /** A request has ended, and the next of its person begins. Harmless for any other request. */
  end(request: string): Promise<void>;
  /** The requests that wait here for a queue, in the order in which they will begin: everybody's next, then everybody's second. */
  line(queue: QueueName): readonly string[];
}

/** `underWay`: what is in the queue when the bot starts. */
export const openTurns = (underWay: Iterable<{ person: string; request: string }>): Turns => {
  /** By request, whose it is. */
  const current = new Map<string, string>();
  /** By person, oldest first. */
  const later = new Map<string, readonly Waiting[]>();
  for (const { person, request } of underWay) current.set(request, person);

  const isBusy = (person: string) => [...current.values()].includes(person);
  const begin = async (person: string, waiting: Waiting) => {
    current.set(waiting.request, person);
    try {
      await waiting.begin();
    } catch (error) {
      current.delete(waiting.request); // the queue could not be reached
      throw error;
    }
  };
  const leave = (request: string): boolean => {
    for (const [person, line] of later) {
      const rest = line.filter((it) => it.request !== request);
      if (rest.length === line.length) continue;
      if (rest.length > 0) later.set(person, rest);
      else later.delete(person);
      return true;
    }
    return false;
  };
  return {
    take: async (person, waiting) => {
      // What is under way already is queued once more after a restart, which changes nothing.
      if (current.has(waiting.request) || !isBusy(person)) return begin(person, waiting);
      const line = later.get(person) ?? [];
      if (!line.some((it) => it.request === waiting.request)) later.set(person, [...line, waiting]);
    },
    leave,
    end: async (request) => {
      current.delete(request);
      for (const [person, [next]] of later) {
        if (!next || isBusy(person)) continue;
        leave(next.request);
        try {
          await begin(person, next);
        } catch (error) {
          // What brought us here is tried again, and this with it.
          later.set(person, [next, ...(later.get(person) ?? [])]);
          throw error;
        }
      }
    },
    line: (queue) =>
      [...later.values()]
        .flatMap((line) => line.map(({ request, queue }, round) => ({ request, queue, round })))
        .filter((it) => it.queue === queue)
        .sort((a, b) => a.round - b.round)
        .map(({ request }) => request),
  };
};
