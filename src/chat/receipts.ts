import { setTimeout } from "node:timers/promises";
import type { Log } from "../log.ts";
import type { AdapterName } from "../place.ts";
import type { Store } from "../store/store.ts";

/** An event of a platform, as it came. */
export interface Receipt {
  /** The id of the request that it makes: see `requestId`. */
  id: string;
  adapter: AdapterName;
  /** Who did it. */
  userId: string;
  /** Whatever the adapter needs to work it off; JSON. */
  event: unknown;
}

const FIRST_RETRY_MS = 500;
/** An event that cannot be worked off after so many tries, or that takes the process down with it, is dropped. */
const MOST_ATTEMPTS = 5;

/** Events of platforms from their acknowledgement until they are worked off, so that none is lost if we die in between. */
export const openReceipts = ({ store, log, closing }: { store: Pick<Store, "receipts">; log: Log; closing: AbortSignal }) => {
  const { receipts } = store;
  const working = new Set<Promise<void>>();

  /** Works one event off, however often that takes. */
  const work = async (id: string, handle: (receipt: Receipt) => Promise<unknown>): Promise<void> => {
    while (!closing.aborted) {
      const receipt = await receipts.begin(id);
      if (!receipt) return;
      const facts = { event: id, adapter: receipt.adapter, attempts: receipt.attempts };
      try {
        if (receipt.attempts <= MOST_ATTEMPTS) await handle(receipt);
        else log.error(facts, "an event that was acknowledged is dropped: it could not be worked off");
        await receipts.remove(id);
        return;
      } catch (err) {
        if (closing.aborted) return;
        log.error({ ...facts, err }, "an event that was acknowledged could not be worked off; it is tried again");
        const waitMs = FIRST_RETRY_MS * 2 ** (receipt.attempts - 1);
        await setTimeout(waitMs, undefined, { signal: closing, ref: false }).catch(() => {});
      }
    }
  };

  return {
    /** Keeps an event: that is the acknowledgement. False when it is known already and not worked off yet. */
    receive: (receipt: Receipt): Promise<boolean> => receipts.add(receipt),
    /** Says that an event is worked off. */
    workedOff: (id: string): Promise<void> => receipts.remove(id),
    /**
     * Begins to hand over what an adapter received and did not work off, as after a crash; oldest first, each on its own, so that none
     * holds up another. What `handle` throws is tried again a few times.
     */
    workOff: async (adapter: AdapterName, handle: (receipt: Receipt) => Promise<unknown>): Promise<void> => {
      for (const { id } of await receipts.pending(adapter)) {
        const done: Promise<void> = work(id, handle)
          .catch((err: unknown) => {
            if (!closing.aborted) log.error({ err, event: id, adapter }, "an event waits for the next start");
          })
          .finally(() => working.delete(done));
        working.add(done);
      }
    },
    /** Resolves when nothing is being worked off. */
    idle: async (): Promise<void> => {
      while (working.size > 0) await Promise.all(working);
    },
  };
};
