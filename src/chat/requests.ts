import type { Blobs } from "../blobs/blobs.ts";
import { UserError } from "../errors.ts";
import type { FlowResult, Flows } from "../jobs/flows.ts";
import type { Log } from "../log.ts";
import type { RequestRow, Store } from "../store/store.ts";
import type { Text } from "../text.ts";
import { type Answer, answerOf, describeError, describeMistake } from "./answer.ts";
import type { Command, CommandContext, Services } from "./command.ts";
import type { Events } from "./events.ts";
import { forget } from "./forget.ts";
import { presentAnswer } from "./present.ts";
import { commandNamed } from "./understand.ts";

export interface Parts {
  commands: readonly Command[];
  store: Store;
  blobs: Blobs;
  flows: Flows;
  events: Events;
  log: Log;
  /** Megabytes that a worker child may use, for the sentence to who needed more. */
  childMaxMb: number;
  /** What /status says about how this installation is set up, a line each. */
  facts: readonly Text[];
  /** How many requests of one person may wait at a time. */
  mostWaiting: number;
  /** Aborts when the bot closes. */
  closing: AbortSignal;
}

type Asker = Pick<RequestRow, "id" | "userId" | "userName" | "channel" | "lang" | "seed" | "asked">;

/** Where kept requests are worked off: run, queued, answered exactly once, cancelled, forgotten. */
export interface Requests extends Services {
  contextOf(asker: Asker): CommandContext;
  /** Answers a request, if nobody has yet; then it is true. */
  finish(request: string, end: Answer): Promise<boolean>;
  /** Answers a kept request, or queues its work. Safe to repeat for one that a crash left in between, or when it throws. */
  proceed(row: RequestRow): Promise<void>;
  /** Brings the end of a request's work to its asker. */
  deliver(request: string, ending: FlowResult, lastTry: boolean): Promise<void>;
}

export const openRequests = ({ commands, store, blobs, flows, events, log, childMaxMb, facts, mostWaiting }: Parts): Requests => {
  const commandOf = ({ command }: RequestRow): Command => {
    const found = commandNamed(commands, command);
    if (!found) throw new Error(`Expected /${command} in commands/index.ts: a request for it is waiting`);
    return found;
  };

  /** What a command answers, or the work it asks for with how much of the asker's waits before it. */
  const outcomeOf = async (row: RequestRow, context: CommandContext) => {
    const outcome = await commandOf(row).run(context, row.args as never);
    if (!("job" in outcome)) return { end: { status: "done", reply: outcome } } as const;
    const waiting = await store.requests.waitingOf(row.userId);
    if (waiting > mostWaiting) throw new UserError("too_many_waiting", { waiting: waiting - 1, most: mostWaiting });
    return { input: outcome, waiting };
  };

  const requests: Requests = {
    commands,
    facts,
    lengths: flows.lengths,

    contextOf: ({ id, userId, userName, channel, lang, seed, asked }) => ({
      id,
      user: { id: userId, name: userName },
      channel,
      lang,
      seed,
      now: asked,
      store,
      services: requests,
    }),

    finish: async (request, { status, reply }) => {
      const row = await store.requests.finish(request, status, reply);
      if (!row) return false;
      events.publish(row.channel, { type: "changed", message: presentAnswer(row) });
      events.ended(request);
      return true;
    },

    proceed: async (row) => {
      const context = requests.contextOf(row);
      const outcome = await outcomeOf(row, context).catch((error: unknown) => ({ end: describeError(error, context, log) }));
      if ("end" in outcome) {
        await requests.finish(row.id, outcome.end);
        return;
      }
      // A queue that cannot be reached is no answer: this throws, and the request is worked on again.
      await flows.start(row.id, outcome.input, outcome.waiting);
      if ((await store.requests.get(row.id))?.status !== "waiting") await flows.cancel(row.id); // cancelled meanwhile
    },

    deliver: async (request, ending, lastTry) => {
      const row = await store.requests.get(request);
      if (row?.status !== "waiting") return;
      const context = requests.contextOf(row);
      try {
        const counts = await requests.finish(
          request,
          await answerOf(commandOf(row), row.args, context, ending, { log, childMaxMb }),
        );
        if (counts) for (const blob of ending.crashedModels) await store.models.killed(blob);
      } catch (error) {
        if (!lastTry && !(error instanceof UserError)) throw error;
        await requests.finish(request, describeError(error, context, log));
      }
    },

    cancel: async (request, userId) => {
      const row = await store.requests.get(request);
      if (row?.status !== "waiting" || row.userId !== userId) return false;
      await requests.finish(request, describeMistake({ code: "cancelled", facts: {} }, row.lang));
      await flows.cancel(request);
      return true;
    },

    discard: async (blob) => {
      if (await store.blobs.isUnneeded(blob)) await blobs.remove(blob);
    },

    forget: async ({ id, user, now }) => {
      for (const row of await store.requests.waiting()) if (row.id !== id) await requests.cancel(row.id, user.id);
      const whose = { userId: user.id, except: id, before: now };
      return forget({ store, blobs, flows, events, finish: requests.finish }, whose);
    },
  };
  return requests;
};
