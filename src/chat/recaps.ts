import { randomUUID } from "node:crypto";
import type { Blobs } from "../blobs/blobs.ts";
import type { Alarms } from "../jobs/alarms.ts";
import type { JobName, JobRequest } from "../jobs/contracts.ts";
import type { FlowResult, Flows } from "../jobs/flows.ts";
import type { Log } from "../log.ts";
import { lastDue } from "../recurrence.ts";
import type { Reply } from "../reply.ts";
import { isQuiet, quietUntil } from "../settings.ts";
import type { RecapSpec } from "../store/groupTables.ts";
import type { Recap } from "../store/recaps.ts";
import { placeOf } from "../store/requests.ts";
import type { Schedule } from "../store/schedules.ts";
import type { Store } from "../store/store.ts";
import type { Text } from "../text.ts";
import { addDays, instantOf } from "../zonedTime.ts";
import type { CommandContext, CommandEntry } from "./command.ts";
import type { Outbox } from "./outbox.ts";
import { requestId } from "./requestId.ts";

/** What the words of a recap are made from: a `CommandContext` serves too. */
export type RecapContext = Pick<CommandContext, "id" | "store" | "place" | "lang"> & {
  services: Pick<CommandContext["services"], "commands">;
};

/** What there is to say: the job that draws it, or words alone; and everybody who is in it. */
export type RecapDraft = { people: readonly string[] } & ({ job: JobRequest<JobName> } | { reply: Reply });

/** Where the words of recaps come from: `commands/`, which stands above this folder. */
export interface RecapMaker {
  /** Nothing where nothing happened and the recap is to be silent then. */
  begin(context: RecapContext, spec: RecapSpec, empty: Schedule["empty"]): Promise<RecapDraft | undefined>;
  /** The words around what the job made; around nothing, where it failed. */
  answer(context: RecapContext, spec: RecapSpec, output: unknown): Promise<Reply>;
}

interface Parts {
  store: Store;
  flows: Pick<Flows, "start">;
  outbox: Pick<Outbox, "wake" | "onGivenUp">;
  blobs: Pick<Blobs, "remove">;
  alarms: Alarms;
  maker: RecapMaker;
  commands: readonly CommandEntry[];
  log: Log;
  now(): Date;
}

/** Recaps: posted at their times, each once, and made again when somebody is to be left out of them. */
export interface Recaps {
  /** Goes on with what was being made, follows the table of schedules, and catches up with the last time of each that was missed. */
  begin(): Promise<void>;
  /** Posts what a schedule has due now, if it was not posted before. In quiet hours that waits for their end. */
  attend(schedule: string): Promise<void>;
  /** Follows the table of schedules, which has changed. */
  follow(): Promise<void>;
  /** Brings what came of a recap's job to its place. False where the job makes no recap. */
  onResult(work: string, result: FlowResult, lastTry: boolean): Promise<boolean>;
  /** Makes one again, as it would be made now. */
  again(id: string): Promise<void>;
  /** Hides every recap that somebody is in; what it returns makes them again without them. */
  hide(userId: string): Promise<() => Promise<void>>;
}

/** Stands in the place of a recap that is made again. */
export const REMAKING: Text = {
  en: "This recap is being made again, without somebody who no longer wants to be in it.",
  ko: "더는 나오고 싶지 않은 사람을 빼고 요약을 다시 만들고 있어요.",
};

/** A recap goes back to where the one before ended, but no further than so many days. */
const REACH_DAYS = { daily: 7, weekly: 31 } as const;
const STEP_DAYS = { daily: 1, weekly: 7 } as const;

/** From when a schedule's recap of a day goes: from where its last one ended, else its period. */
const beginningOf = ({ period, recurrence, lastDay, covered }: Schedule, day: string): Date => {
  const daysBefore = (count: number) => instantOf(addDays(day, -count), recurrence.at, recurrence.timeZone);
  const earliest = daysBefore(REACH_DAYS[period]);
  const from = lastDay === null ? daysBefore(STEP_DAYS[period]) : covered;
  return from > earliest ? from : earliest;
};

export const openRecaps = ({ store, flows, outbox, blobs, alarms, maker, commands, log, now }: Parts): Recaps => {
  const contextOf = (recap: Recap): RecapContext => ({
    ...{ id: recap.id, store, place: placeOf(recap), lang: recap.spec.lang, services: { commands } },
  });
  const remove = async (free: readonly string[]) => {
    await Promise.all(free.map(blobs.remove));
  };
  const say = async (recap: Recap, work: string, reply: Reply) => {
    const free = await store.recaps.finish(recap.id, work, reply);
    if (free) await remove(free);
    outbox.wake(recap.adapter);
  };

  /** Begins to make one; what an earlier job still makes of it is no longer wanted then. */
  const make = async (recap: Recap, empty: Schedule["empty"] = "line"): Promise<void> => {
    const draft = await maker.begin(contextOf(recap), recap.spec, empty);
    if (!draft) return store.recaps.remove(recap.id);
    const work = randomUUID();
    await store.recaps.making(recap.id, { work, people: draft.people });
    if ("reply" in draft) await say(recap, work, draft.reply);
    else await flows.start(work, draft.job, { person: `recaps of ${recap.groupId}`, priority: 1 });
  };

  const again = async (id: string) => {
    const recap = await store.recaps.get(id);
    if (recap) await make(recap);
  };

  const attend = async (id: string): Promise<void> => {
    const schedule = await store.schedules.get(id);
    if (!schedule || schedule.paused) return;
    const { form, recurrence, covered, lastDay, lang, empty, groupId, adapter, channel, thread, isPrivate } = schedule;
    const due = lastDue(recurrence, now());
    if (due.at <= covered || (lastDay !== null && due.day <= lastDay)) return;
    const settings = await store.groups.settings(groupId);
    if (isQuiet(settings, now())) {
      await alarms.again(id, quietUntil(settings, now()).getTime() - now().getTime());
      return;
    }
    const spec: RecapSpec = {
      ...{ form, from: beginningOf(schedule, due.day).toISOString(), to: due.at.toISOString() },
      ...{ timeZone: recurrence.timeZone, lang: settings.language ?? lang },
    };
    const recap: Recap = {
      ...{ id: requestId(adapter, `recap:${id}:${due.day}`), adapter, groupId, channel, thread, isPrivate, schedule: id },
      // Until its job is known it counts as unfinished, so that a crash leaves it to the next start.
      ...{ spec, people: [], work: randomUUID(), at: due.at },
    };
    if (await store.recaps.take(recap, { schedule: id, day: due.day, covered: due.at })) await make(recap, empty);
  };

  const follow = async () => {
    const all = (await store.schedules.list()).filter((it) => !it.paused);
    await alarms.reconcile(all.map(({ id, recurrence }) => ({ id, recurrence })));
  };

  outbox.onGivenUp((delivery) => {
    const pause = async () => {
      const schedule = (await store.recaps.get(delivery))?.schedule;
      if (!schedule) return;
      await store.schedules.pause(schedule);
      log.warn({ schedule, delivery }, "a recap could not be posted; its schedule is paused");
      await follow();
    };
    pause().catch((err: unknown) => log.error({ err, delivery }, "could not pause a schedule"));
  });

  return {
    begin: async () => {
      for (const recap of await store.recaps.unfinished()) {
        const schedule = recap.schedule === null ? undefined : await store.schedules.get(recap.schedule);
        const failed = (err: unknown) =>
          log.error({ err, recap: recap.id }, "a recap could not be gone on with; the next start will");
        await make(recap, schedule?.empty).catch(failed);
      }
      await follow();
      await alarms.serve(attend);
      for (const { id } of await store.schedules.list()) await alarms.again(id, 0);
    },
    attend,
    follow,
    again,
    onResult: async (work, { end }, lastTry) => {
      const recap = await store.recaps.madeBy(work);
      if (!recap) return false;
      const output = "output" in end ? end.output : undefined;
      if (output === undefined) log.error({ recap: recap.id, end }, "a recap could not be drawn; it is said in words");
      try {
        await say(recap, work, await maker.answer(contextOf(recap), recap.spec, output));
      } catch (err) {
        if (!lastTry) throw err;
        log.error({ err, recap: recap.id }, "a recap could not be said");
      }
      return true;
    },
    hide: async (userId) => {
      const hidden = await store.recaps.about(userId);
      for (const { id, adapter, spec } of hidden) {
        await remove(await store.recaps.hide(id, randomUUID(), { text: REMAKING[spec.lang] }));
        outbox.wake(adapter);
      }
      return async () => {
        for (const { id } of hidden) await again(id);
      };
    },
  };
};
