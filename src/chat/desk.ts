import { UserError } from "../errors.ts";
import type { Ending, Flows } from "../jobs/flows.ts";
import type { Log } from "../log.ts";
import type { Blobs } from "../store/blobs.ts";
import type { RequestRow, Store } from "../store/store.ts";
import type { Text } from "../text.ts";
import { answerOf, apologise, type End, tell } from "./answer.ts";
import type { Command, Desk, Scene } from "./command.ts";
import type { Happenings } from "./happenings.ts";
import { answerId, presentAnswer } from "./present.ts";
import { commandNamed } from "./understand.ts";

export interface Parts {
  commands: readonly Command[];
  store: Store;
  blobs: Blobs;
  flows: Flows;
  happenings: Happenings;
  log: Log;
  /** Megabytes that a worker child may use, for the sentence to who needed more. */
  childMaxMb: number;
  /** What /status says about how this installation is set up, a line each. */
  facts: readonly Text[];
}

type Asker = Pick<RequestRow, "id" | "userId" | "userName" | "channel" | "lang" | "seed" | "asked">;

/** Where kept requests are worked off: run, queued, answered exactly once, cancelled, forgotten. */
export interface FrontDesk extends Desk {
  sceneOf(asker: Asker): Scene;
  finish(request: string, end: End): Promise<void>;
  /** Answers a kept request, or queues its work. Safe to repeat for one that a crash left in between. */
  proceed(row: RequestRow): Promise<void>;
  /** Brings the end of a request's work to its asker. */
  deliver(request: string, ending: Ending, lastTry: boolean): Promise<void>;
}

export const openDesk = ({ commands, store, blobs, flows, happenings, log, childMaxMb, facts }: Parts): FrontDesk => {
  const commandOf = ({ command }: RequestRow): Command => {
    const found = commandNamed(commands, command);
    if (!found) throw new Error(`Expected /${command} in commands/index.ts: a request for it is waiting`);
    return found;
  };

  const desk: FrontDesk = {
    commands,
    facts,
    lengths: flows.lengths,

    sceneOf: ({ id, userId, userName, channel, lang, seed, asked }) => ({
      id,
      user: { id: userId, name: userName },
      channel,
      lang,
      seed,
      now: asked,
      store,
      desk,
    }),

    finish: async (request, { status, reply }) => {
      const row = await store.requests.finish(request, status, reply);
      if (!row) return;
      happenings.tell(row.channel, { type: "changed", message: presentAnswer(row) });
      happenings.ended(request);
    },

    proceed: async (row) => {
      const scene = desk.sceneOf(row);
      try {
        const outcome = await commandOf(row).run(scene, row.args as never);
        if ("job" in outcome) await flows.start(row.id, outcome);
        else await desk.finish(row.id, { status: "done", reply: outcome });
      } catch (error) {
        await desk.finish(row.id, apologise(error, scene, log));
      }
    },

    deliver: async (request, ending, lastTry) => {
      const row = await store.requests.get(request);
      if (row?.status !== "waiting") return;
      const scene = desk.sceneOf(row);
      try {
        await desk.finish(request, await answerOf(commandOf(row), row.args, scene, ending, { log, childMaxMb }));
      } catch (error) {
        if (!lastTry && !(error instanceof UserError)) throw error;
        await desk.finish(request, apologise(error, scene, log));
      }
    },

    cancel: async (request, userId) => {
      const row = await store.requests.get(request);
      if (row?.status !== "waiting" || row.userId !== userId) return false;
      await desk.finish(request, tell({ code: "cancelled", facts: {} }, row.lang));
      await flows.cancel(request);
      return true;
    },

    discard: async (blob) => {
      if (await store.isUnneeded(blob)) await blobs.remove(blob);
    },

    forget: async (userId, except) => {
      for (const row of await store.requests.waiting()) if (row.id !== except) await desk.cancel(row.id, userId);
      const gone = await store.forget(userId, except);
      for (const blob of gone.blobs) await blobs.remove(blob);
      for (const { channel, ids } of gone.messages) {
        happenings.tell(channel, { type: "removed", ids: ids.flatMap((id) => [id, answerId(id)]) });
      }
      return { messages: gone.messages.reduce((sum, it) => sum + it.ids.length, 0), files: gone.blobs.length };
    },
  };
  return desk;
};
