import { setImmediate } from "node:timers/promises";
import type { Blobs } from "../blobs/blobs.ts";
import type { Flows } from "../jobs/flows.ts";
import { adapterNames } from "../place.ts";
import type { Erased } from "../store/erasure.ts";
import type { Store } from "../store/store.ts";
import { type Answer, describeMistake } from "./answer.ts";
import type { Events } from "./events.ts";
import type { Outbox } from "./outbox.ts";
import type { Recaps } from "./recaps.ts";

interface Parts {
  store: Store;
  blobs: Blobs;
  flows: Pick<Flows, "cancel">;
  events: Events;
  outbox: Pick<Outbox, "wake">;
  recaps: Pick<Recaps, "hide">;
  finish(request: string, end: Answer): Promise<unknown>;
}

/**
 * Erases what a person sent and what came of it, in others' hands too: an answer to somebody else about the person's picture says
 * that it was erased. Goes step by step, so that everybody else is served meanwhile, and begins with what hangs on something that
 * is still there, so that a run after a crash finds the rest. Returns how many messages and files went.
 */
export const forget = async ({ store, blobs, flows, events, outbox, recaps, finish }: Parts, whose: Erased) => {
  const { erasure } = store;
  let files = 0;
  const remove = async (free: readonly string[]) => {
    await Promise.all(free.map(blobs.remove));
    files += free.length;
    await setImmediate();
  };
  /** What others did with a blob, and what they did with what came of it. */
  const eraseUses = async (blob: string): Promise<void> => {
    for (const id of await erasure.requestsAbout(blob, whose.userId)) {
      const row = await store.requests.get(id);
      if (!row) continue;
      for (const made of await erasure.onlyMadeBy(id)) if (made !== blob) await eraseUses(made);
      const end = describeMistake({ code: "erased", facts: {} }, row.lang);
      if (row.status === "waiting") {
        await finish(id, end);
        await flows.cancel(id);
      }
      await remove(await erasure.replaceAnswer(id, blob, end.reply));
    }
    const { free, changed } = await erasure.takeOut(blob);
    events.erased({ messages: [], changed, deliveries: [] });
    adapterNames.forEach(outbox.wake);
    await remove(free);
  };

  // What was said about the person goes at once, and is said again without them when nothing of theirs is left.
  const sayAgain = await recaps.hide(whose.userId);
  await erasure.removeReceipts(whose);
  for (let sent = await erasure.sentAlone(whose, ""); sent.length > 0; sent = await erasure.sentAlone(whose, sent.at(-1) ?? "")) {
    for (const blob of await erasure.usedByOthers(sent, whose.userId)) await eraseUses(blob);
    // The database is in this process and answers without any I/O, so nobody else would get a turn by itself.
    await setImmediate();
  }

  let messages = 0;
  for (let ids = await erasure.said(whose); ids.length > 0; ids = await erasure.said(whose)) {
    for (const blob of await erasure.madeAndUsed(ids, whose.userId)) await eraseUses(blob);
    const { free, ...gone } = await erasure.removeSaid(ids);
    events.erased({ ...gone, changed: [] });
    adapterNames.forEach(outbox.wake);
    await remove(free);
    messages += ids.length;
  }
  for (let free = await erasure.removeUploads(whose); free; free = await erasure.removeUploads(whose)) await remove(free);
  await erasure.removePerson(whose.userId);
  await sayAgain();
  return { messages, files };
};
