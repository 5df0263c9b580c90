import { setImmediate } from "node:timers/promises";
import { commands } from "../../commands/index.ts";
import { recapMaker } from "../../commands/parts/recapMaker.ts";
import { openEvents } from "../../src/chat/events.ts";
import { forget } from "../../src/chat/forget.ts";
import type { GroupChannel } from "../../src/chat/groupChannels.ts";
import { openOutbox, Undeliverable } from "../../src/chat/outbox.ts";
import { openRecaps, type Recaps } from "../../src/chat/recaps.ts";
import type { FileRef } from "../../src/files.ts";
import type { Alarm } from "../../src/jobs/alarms.ts";
import type { JobName, JobRequest } from "../../src/jobs/contracts.ts";
import { openLog } from "../../src/log.ts";
import type { Delivery } from "../../src/store/deliveries.ts";
import { openRunBot, type Saying } from "./runs.ts";

const blobOf = (digit: number) => (digit % 16).toString(16).repeat(64);

/**
 * Recaps over a real database and outbox, without a queue: alarms ring and jobs end when a test says so, and a platform that can be told to
 * refuse whatever it is sent.
 */
export const openRecapBot = async (start: string) => {
  let recaps: Recaps | undefined;
  const opened = () => {
    if (!recaps) throw new Error("The recaps are not open yet");
    return recaps;
  };
  let now = new Date(start);
  const channels = new Map<string, readonly GroupChannel[]>();
  const bot = await openRunBot({
    channels: async (group) => channels.get(group) ?? [],
    recaps: {
      follow: () => opened().follow(),
      again: (id) => opened().again(id),
      leaveOut: async (userId) => (await opened().hide(userId))(),
    },
  });
  const { store } = bot;
  const closing = new AbortController();
  const log = openLog({ log: "silent" });
  const outbox = openOutbox({ store, log, closing: closing.signal });
  const sent: Delivery[] = [];
  const platform = { refuses: false };
  await outbox.serve("web", async (delivery) => {
    if (platform.refuses) throw new Undeliverable("the channel is gone");
    sent.push(delivery);
    return delivery.id;
  });
  let alarms: readonly Alarm[] = [];
  const again: { id: string; afterMs: number }[] = [];
  const removed: string[] = [];
  const jobs: { work: string; job: JobRequest<JobName> }[] = [];
  const parts = {
    ...{ store, outbox, log, commands, maker: recapMaker, now: () => now },
    flows: { start: async (work: string, job: JobRequest<JobName>) => void jobs.push({ work, job }) },
    blobs: { remove: async (blob: string) => void removed.push(blob) },
    alarms: {
      serve: async () => {},
      reconcile: async (all: readonly Alarm[]) => {
        alarms = all;
      },
      again: async (id: string, afterMs: number) => void again.push({ id, afterMs }),
    },
  };
  recaps = openRecaps(parts);
  let drawn = 0;
  return {
    ...bot,
    outbox,
    /** What the platform was sent, in order. */
    sent,
    platform,
    /** Which channels each group has. */
    channels,
    again,
    removed,
    jobs,
    alarms: () => alarms,
    at: (time: string) => {
      now = new Date(time);
    },
    /** Says a command at the time that it is. */
    say: (input: string, saying: Saying = {}, files: readonly FileRef[] = []) => bot.ask(input, { now, ...saying }, files),
    /** Rings every alarm, due or not. */
    ring: async () => {
      for (const { id } of await store.schedules.list()) await opened().attend(id);
    },
    /** Lets the jobs that wait end, each with a picture of its own, and what comes of them arrive. */
    work: async (fails = false) => {
      for (const { work, job } of jobs.splice(0)) {
        const picture = { blob: blobOf(++drawn), name: "recap.jpg", type: "image/jpeg", bytes: 1, alt: "a recap" };
        const end = fails ? { failure: "broken" } : { output: { picture } };
        await opened().onResult(work, { job: job.job, end, isCancelled: false, crashedModels: [] }, true);
      }
      await outbox.idle();
      await setImmediate();
    },
    /** As after a restart of the bot. */
    restart: async () => {
      recaps = openRecaps(parts);
      await recaps.begin();
      await outbox.idle();
    },
    forget: async (userId: string) => {
      const whose = { userId, except: "", before: new Date(now.getTime() + 1000) };
      const nothing = { cancel: async () => {} };
      const finish = async () => undefined;
      const blobs = { remove: async () => {} } as never;
      return forget({ store, blobs, flows: nothing, events: openEvents(), outbox, recaps: opened(), finish }, whose);
    },
    close: async () => {
      closing.abort();
      await outbox.idle();
      await bot.close();
    },
  };
};
export type RecapBot = Awaited<ReturnType<typeof openRecapBot>>;
