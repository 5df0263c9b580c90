import { setTimeout } from "node:timers/promises";
import type { Log } from "../log.ts";
import type { AdapterName, Place } from "../place.ts";
import type { Reply } from "../reply.ts";
import type { Delivery } from "../store/deliveries.ts";
import type { Store } from "../store/store.ts";

/**
 * Sends a delivery, or edits the message `delivery.edits`, and gives the platform's id of the message. What it throws is tried again
 * later, so it must use the platform's own means against doubles with `delivery.id` when `delivery.attempts` is above 0 or a send may have
 * happened before a crash.
 */
export type Send = (delivery: Delivery) => Promise<string | undefined>;

/** The platform refused a delivery and would again: the channel is gone, the bot was thrown out. It is given up. */
export class Undeliverable extends Error {
  override readonly name = "Undeliverable";
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 60_000;

/** What is to be sent, on its way to the adapters. */
export interface Outbox {
  /** Begins to hand an adapter what it has to send: first what is pending from before, then whatever comes. Ends with `closing`. */
  serve(adapter: AdapterName, send: Send): Promise<void>;
  /** Says that there is something new for an adapter. */
  wake(adapter: AdapterName): void;
  /** Posts something that nobody asked for. Doing it twice with the same id posts once. */
  post(id: string, place: Place, reply: Reply, visibleTo?: string): Promise<void>;
  /** Resolves when nothing is pending that could be sent now. */
  idle(): Promise<void>;
}

/** Opens the outbox. One delivery of an adapter is sent at a time, in the order in which the requests came to their end. */
export const openOutbox = ({
  store,
  log,
  closing,
}: {
  store: Pick<Store, "deliveries">;
  log: Log;
  closing: AbortSignal;
}): Outbox => {
  const adapters = new Map<AdapterName, { wake(): void; round: Promise<void> }>();

  const sendOne = async (delivery: Delivery, send: Send): Promise<boolean> => {
    try {
      await store.deliveries.sent(delivery.id, await send(delivery));
      return true;
    } catch (err) {
      if (closing.aborted) return false;
      const forGood = err instanceof Undeliverable;
      const facts = { err, delivery: delivery.id, adapter: delivery.place.adapter, attempts: delivery.attempts + 1 };
      log.error(facts, forGood ? "a delivery was refused and is given up" : "a delivery could not be sent; it is tried again");
      await store.deliveries.notSent(delivery.id, err instanceof Error ? err.message : String(err), forGood);
      return forGood;
    }
  };

  return {
    serve: async (adapter, send) => {
      let [again, running, retryMs] = [false, false, FIRST_RETRY_MS];
      const rounds = async () => {
        running = true;
        do {
          again = false;
          let allSent = true;
          for (const delivery of await store.deliveries.pending(adapter)) {
            if (closing.aborted) break;
            allSent = (await sendOne(delivery, send)) && allSent;
          }
          if (allSent) retryMs = FIRST_RETRY_MS;
          else {
            setTimeout(retryMs, undefined, { signal: closing, ref: false }).then(wake, () => {});
            retryMs = Math.min(2 * retryMs, LAST_RETRY_MS);
          }
        } while (again && !closing.aborted);
        running = false;
      };
      const state = { wake: () => wake(), round: Promise.resolve() };
      const wake = () => {
        again = true;
        if (running || closing.aborted) return;
        running = true;
        state.round = rounds().catch((err: unknown) => {
          running = false;
          if (closing.aborted) return;
          log.error({ err, adapter }, "could not look for what is to be sent; looking again");
          setTimeout(LAST_RETRY_MS, undefined, { signal: closing, ref: false }).then(wake, () => {});
        });
      };
      adapters.set(adapter, state);
      wake();
      await state.round;
    },
    wake: (adapter) => adapters.get(adapter)?.wake(),
    post: async (id, place, reply, visibleTo) => {
      if (await store.deliveries.post(id, place, reply, visibleTo)) adapters.get(place.adapter)?.wake();
    },
    idle: async () => {
      for (const { round } of adapters.values()) await round;
    },
  };
};
