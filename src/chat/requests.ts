import { setTimeout } from "node:timers/promises";
import type { Blobs } from "../blobs/blobs.ts";
import { UserError } from "../errors.ts";
import type { FlowResult, Flows } from "../jobs/flows.ts";
import type { Log } from "../log.ts";
import { placeOf, type RequestRow } from "../store/requests.ts";
import type { Store } from "../store/store.ts";
import type { Text } from "../text.ts";
import { type Answer, answerOf, describeError, describeMistake } from "./answer.ts";
import type { CommandContext, CommandEntry, Services } from "./command.ts";
import type { Events } from "./events.ts";
import { forget } from "./forget.ts";
import type { GroupChannels } from "./groupChannels.ts";
import type { Outbox } from "./outbox.ts";
import type { RequestsProgress } from "./progress.ts";
import type { Recaps } from "./recaps.ts";
import { nextRequestId } from "./requestId.ts";
import type { Thumbnails } from "./thumbnails.ts";
import { recall, type Understood } from "./understand.ts";

export interface Parts {
  commands: readonly CommandEntry[];
  store: Store;
  blobs: Blobs;
  flows: Flows;
  events: Events;
  outbox: Outbox;
  channels: GroupChannels;
  recaps: Recaps;
  log: Log;
  /** Megabytes that a worker child may use, for the sentence to who needed more. */
  childMaxMb: number;
  /** What /status says: see `Services.facts`. */
  facts(): readonly Text[];
  /** How many requests of one person may wait at a time. */
  mostWaiting: number;
  /** Aborts when the bot closes. */
  closing: AbortSignal;
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 30_000;

/** Where kept requests are worked off: run, queued, answered exactly once, cancelled, forgotten. */
export interface Requests {
  contextOf(row: Omit<RequestRow, "reply" | "status" | "ackMs" | "totalMs" | "command" | "args" | "ephemeral">): CommandContext;
  /** Answers a request, if nobody has yet; then it is true. `ackMs` is how long it took to keep one that never began. */
  finish(request: string, answer: Answer, ackMs?: number): Promise<boolean>;
  /** Works a kept request off. When that fails for lack of room or of a queue, it is tried again a little later. */
  work(row: RequestRow): Promise<void>;
  /** Brings what came of a request's work to its asker. */
  onResult(request: string, result: FlowResult, lastTry: boolean): Promise<void>;
  /** Stops a waiting request of this person's in this group: see `Services.cancel`. */
  cancel: Services["cancel"];
}

export const openRequests = (parts: Parts & { progress: RequestsProgress; thumbnails: Thumbnails }): Requests => {
  const { commands, store, blobs, flows, events, outbox, channels, recaps, thumbnails, progress } = parts;
  const { log, childMaxMb, facts, mostWaiting, closing } = parts;

  const meaningOf = (row: RequestRow, context: CommandContext): Understood => {
    const found = recall(commands, row, context);
    if (!found) throw new Error(`Expected /${row.command} in commands/index.ts: a request for it is waiting`);
    return found;
  };

  /** What a command answers, or the job it asks for and how much of the asker's waits before it. */
  const run = async (row: RequestRow, context: CommandContext) => {
    const { command, args } = meaningOf(row, context);
    if (command.administratorsOnly && !(await context.administers())) throw new UserError("administrators_only", {});
    const outcome = await command.run(context, args);
    if (!("job" in outcome)) return { answer: { status: "done", reply: outcome } } as const;
    const waiting = await store.requests.waitingOf(row.userId);
    if (waiting > mostWaiting) throw new UserError("too_many_waiting", { waiting: waiting - 1, most: mostWaiting });
    return { job: outcome, waiting };
  };

  /**
   * Answers a kept request; then it is true, unless somebody was quicker. What it is followed by is kept before, under an id of its own: a
   * crash in between loses neither, and asks nothing twice.
   */
  const conclude = async (row: RequestRow, { status, reply: { next, ...reply } }: Answer): Promise<boolean> => {
    if (next && status === "done") {
      const { reply: _, ackMs: __, totalMs: ___, ...asked } = row;
      const following = { ...asked, ...next, id: nextRequestId(row.id), asked: new Date() };
      if (await store.requests.add(following)) void requests.work({ ...following, reply: null, ackMs: null, totalMs: null });
    }
    return requests.finish(row.id, { status, reply });
  };

  /** Answers a kept request, or queues its work. Harmless when done again for one that a crash left in between. */
  const proceed = async (row: RequestRow) => {
    const context = requests.contextOf(row);
    const outcome = await run(row, context).catch((error: unknown) => ({ answer: describeError(error, context, log) }));
    if ("answer" in outcome) {
      await conclude(row, outcome.answer);
      return;
    }
    if (outcome.job.job === "run") await store.runs.begin(row, outcome.job.input);
    // A queue that cannot be reached is no answer: this throws, and the request is worked on again.
    await flows.start(row.id, outcome.job, { person: row.userId, priority: outcome.waiting });
    if (!progress.waiting(row.id)) await flows.cancel(row.id); // cancelled meanwhile
  };

  /** Answers at once, and drops whatever work has come to. */
  const drop = async ({ id, lang }: RequestRow): Promise<void> => {
    await requests.finish(id, describeMistake({ code: "cancelled", facts: {} }, lang));
    await flows.cancel(id);
  };

  const services: Services = {
    commands,
    facts,
    lengths: flows.lengths,
    channels: channels.of,
    recaps: {
      follow: recaps.follow,
      again: recaps.again,
      leaveOut: async (userId) => (await recaps.hide(userId))(),
    },
    cancel: (request, asker) => requests.cancel(request, asker),
    discard: async (blob) => {
      if (await store.blobs.isUnneeded(blob)) await blobs.remove(blob);
    },
    forget: async ({ id, user, now }) => {
      for (const row of await store.requests.waiting({ userId: user.id })) if (row.id !== id) await drop(row);
      const whose = { userId: user.id, except: id, before: now };
      return forget({ store, blobs, flows, events, outbox, recaps, finish: requests.finish }, whose);
    },
  };

  const requests: Requests = {
    contextOf: (row) => ({
      id: row.id,
      user: { id: row.userId, name: row.userName },
      place: placeOf(row),
      lang: row.lang,
      seed: row.seed,
      now: row.asked,
      administers: () => store.groups.administers(placeOf(row), row.userId),
      store,
      services,
    }),

    finish: async (request, { status, reply }, ackMs) => {
      const finished = await store.requests.finish(request, status, reply, ackMs ?? progress.waiting(request)?.ackMs);
      progress.end(request);
      if (!finished) return false;
      const { row, delivery, free } = finished;
      for (const blob of free) await blobs.remove(blob);
      events.ended(row);
      // Whoever waits for it goes first: each step of a delivery asks the database, which holds up this whole process.
      setImmediate(() => {
        // What takes the place of another message waits until that one is sent.
        if (delivery?.replaces === null) outbox.send(row.adapter, delivery);
        else outbox.wake(row.adapter);
      });
      return true;
    },

    work: async (row) => {
      progress.begin(row);
      for (let waitMs = FIRST_RETRY_MS; !closing.aborted; waitMs = Math.min(2 * waitMs, LAST_RETRY_MS)) {
        try {
          return await proceed(row);
        } catch (err) {
          if (!closing.aborted) log.error({ err, request: row.id }, "could not work on a request; it is tried again");
          await setTimeout(waitMs, undefined, { signal: closing, ref: false }).catch(() => {});
        }
      }
    },

    onResult: async (request, result, lastTry) => {
      const row = progress.waiting(request) ?? (await store.requests.get(request));
      if (!row) return void (thumbnails.onResult(request, result) || (await recaps.onResult(request, result, lastTry)));
      if (row.status !== "waiting") return;
      const context = requests.contextOf(row);
      try {
        const answer = await answerOf(meaningOf(row, context), context, result, { log, childMaxMb });
        if (await conclude(row, answer)) for (const blob of result.crashedModels) await store.models.crashed(blob, row.groupId);
      } catch (error) {
        if (!lastTry && !(error instanceof UserError)) throw error;
        await requests.finish(request, describeError(error, context, log));
      }
    },

    cancel: async (request, { userId, groupId }) => {
      const row = await store.requests.get(request);
      if (row?.status !== "waiting" || row.userId !== userId || row.groupId !== groupId) return undefined;
      if (await flows.stop(request)) {
        progress.stop(request);
        return "stopping";
      }
      await drop(row);
      return "cancelled";
    },
  };

  flows.onProgress(progress.report);
  flows.onPlace(progress.wait);
  return requests;
};
