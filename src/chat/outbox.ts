import { setTimeout } from "node:timers/promises";
import type { Log } from "../log.ts";
import type { AdapterName, Place } from "../place.ts";
import type { Reply } from "../reply.ts";
import type { Delivery, Pending } from "../store/deliveries.ts";
import type { Store } from "../store/store.ts";

/**
 * Sends a delivery, or edits the message `delivery.edits`, and gives the platform's id of the message. What it throws is tried again
 * later. It may be called for what has arrived already, as after a crash between a send and its note: then `delivery.attempts` is above
 * 0, and the platform's own means against doubles with `delivery.id` are to be used.
 */
export type Send = (delivery: Delivery) => Promise<string | undefined>;

/** The platform refused a delivery and would again: the channel is gone, the bot was thrown out. It is given up. */
export class Undeliverable extends Error {
  override readonly name = "Undeliverable";
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 300_000;
/** How soon to look again after the database did not answer. */
const LOOK_AGAIN_MS = 10_000;
/** After a day of tries, nobody waits for it any more. */
const MOST_ATTEMPTS = 300;

/** What is to be sent, on its way to the adapters. */
export interface Outbox {
  /** Begins to hand an adapter what it has to send: first what is pending from before, then whatever comes, until the bot closes. */
  serve(adapter: AdapterName, send: Send): Promise<void>;
  /** Hands an adapter this delivery, which waits for no other. */
  send(adapter: AdapterName, delivery: Pending): void;
  /** Says that there is something new for an adapter. */
  wake(adapter: AdapterName): void;
  /** Hears of deliveries that are given up, because their platform refuses them for good or did not take them for a day. */
  onGivenUp(listener: (delivery: string) => void): void;
  /** Posts something that nobody asked for. Doing it twice with the same id posts once. */
  post(id: string, place: Place, reply: Reply, visibleTo?: string): Promise<void>;
  /** Resolves when nothing is on its way, and nothing is pending but what has just failed. When the bot closes: when nothing is on its way. */
  idle(): Promise<void>;
}

interface Parts {
  store: Pick<Store, "deliveries">;
  log: Log;
  /** Aborts when the bot closes: nothing more is begun. */
  closing: AbortSignal;
}

/** Hands an adapter its deliveries. Each conversation has a lane of its own, so that a slow one holds up no other. */
const openLanes = (
  adapter: AdapterName,
  send: Send,
  { store, log, closing, givenUp }: Parts & { givenUp(delivery: string): void },
) => {
  /** The end of each conversation's lane. */
  const lanes = new Map<string, Promise<void>>();
  /** Deliveries that are in a lane, or that failed and rest until they are tried again. */
  const taken = new Set<string>();
  let looking: Promise<void> | undefined;
  let lookAgain = false;
  /** Whether something may be pending that is in no lane: what waits for a message to be sent, and what was too much for one look. */
  let mayBeMore = true;

  const after = (ms: number, next: () => void) => {
    setTimeout(ms, undefined, { signal: closing, ref: false }).then(next, () => {});
  };

  /** Sends one, and says after how many milliseconds it is to be tried again, if it is. */
  const sendOne = async (id: string): Promise<number | undefined> => {
    const delivery = await store.deliveries.begin(id);
    if (!delivery) return undefined;
    try {
      await store.deliveries.sent(delivery, await send(delivery));
      return undefined;
    } catch (err) {
      if (closing.aborted) return undefined;
      const attempts = delivery.attempts + 1;
      const forGood = err instanceof Undeliverable || attempts >= MOST_ATTEMPTS;
      const facts = { err, delivery: id, adapter, attempts };
      log.error(facts, forGood ? "a delivery is given up" : "a delivery could not be sent; it is tried again");
      await store.deliveries.notSent(id, err instanceof Error ? err.message : String(err), forGood);
      if (forGood) givenUp(id);
      return forGood ? undefined : Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LAST_RETRY_MS);
    }
  };

  const takeTurn = async (id: string): Promise<void> => {
    if (closing.aborted) return;
    const retryMs = await sendOne(id).catch((err: unknown) => {
      if (!closing.aborted)
        log.error({ err, delivery: id, adapter }, "could not note what became of a delivery; it is tried again");
      return LOOK_AGAIN_MS;
    });
    const free = () => void taken.delete(id);
    if (retryMs === undefined) free();
    else
      after(retryMs, () => {
        free();
        wake();
      });
  };

  /** Puts a delivery at the end of its conversation's lane. */
  const enqueue = ({ id, channel, thread }: Pending): void => {
    const name = JSON.stringify([channel, thread]);
    taken.add(id);
    const end: Promise<void> = (lanes.get(name) ?? Promise.resolve())
      .then(() => takeTurn(id))
      .then(() => {
        if (lanes.get(name) !== end) return;
        lanes.delete(name);
        if (mayBeMore) wake();
      });
    lanes.set(name, end);
  };

  const look = async () => {
    while (lookAgain && !closing.aborted) {
      lookAgain = false;
      try {
        const found = await store.deliveries.pending(adapter, [...taken]);
        mayBeMore = found.length > 0 || taken.size > 0;
        for (const it of found) enqueue(it);
      } catch (err) {
        if (!closing.aborted) log.error({ err, adapter }, "could not look for what is to be sent; looking again");
        after(LOOK_AGAIN_MS, wake);
      }
    }
    looking = undefined;
  };
  const wake = () => {
    if (closing.aborted) return;
    lookAgain = true;
    looking ??= look();
  };

  /** Puts what is known to be pending into its lane, unless something older may be pending too. */
  const add = (it: Pending) => {
    if (mayBeMore || looking) wake();
    else if (!closing.aborted) enqueue(it);
  };

  const isBusy = () => looking !== undefined || lanes.size > 0;
  const idle = async () => {
    wake();
    while (isBusy()) await Promise.all([looking, ...lanes.values()]);
  };
  return { add, wake, idle, looked: async () => looking };
};

/**
 * Opens the outbox. What is said in one conversation is sent one after the other, in the order in which it came to be sent; what fails is
 * tried again later, and holds up nothing else but what takes its place.
 */
export const openOutbox = (parts: Parts): Outbox => {
  const adapters = new Map<AdapterName, ReturnType<typeof openLanes>>();
  const listeners: ((delivery: string) => void)[] = [];
  const givenUp = (delivery: string) => {
    for (const it of listeners) it(delivery);
  };
  const wake = (adapter: AdapterName) => adapters.get(adapter)?.wake();
  return {
    serve: async (adapter, send) => {
      const opened = openLanes(adapter, send, { ...parts, givenUp });
      adapters.set(adapter, opened);
      opened.wake();
      await opened.looked();
    },
    send: (adapter, delivery) => adapters.get(adapter)?.add(delivery),
    wake,
    onGivenUp: (listener) => void listeners.push(listener),
    post: async (id, place, reply, visibleTo) => {
      if (await parts.store.deliveries.post(id, place, reply, visibleTo)) wake(place.adapter);
    },
    idle: async () => {
      for (const { idle } of adapters.values()) await idle();
    },
  };
};
