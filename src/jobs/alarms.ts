import { cronOf, fromCron, nextDue, type Recurrence } from "../recurrence.ts";
import type { Transport } from "./transport.ts";

/** The queue whose jobs say that something is due. The bot serves it. */
const ALARMS = "alarms";
/** Ended alarms are of no interest. */
const dropped = { removeOnComplete: true, removeOnFail: true };

/** Something that is to be seen to at certain times. */
export interface Alarm {
  id: string;
  recurrence: Recurrence;
}

/** The moment at which an alarm rings next, in milliseconds; what BullMQ asks for. */
type Next = (after: number, recurrence: Recurrence) => number;
const next: Next = (after, recurrence) => nextDue(recurrence, new Date(after)).at.getTime();

/**
 * Alarms that ring while the bot runs, and once after its start where they rang while it did not: BullMQ's job schedulers. An alarm says
 * only that it is time to look; whoever hears it looks what is due, so it may ring twice, or late.
 */
export interface Alarms {
  /** Begins to ring. What `onRing` throws rings again. */
  serve(onRing: (id: string) => Promise<void>): Promise<void>;
  /** Makes the queue's schedulers what this table says; doing it twice changes nothing. */
  reconcile(alarms: readonly Alarm[]): Promise<void>;
  /** Lets one ring once more, so many milliseconds from now. */
  again(id: string, afterMs: number): Promise<void>;
}

/** cron-parser, which BullMQ asks unless told otherwise, leaves out a whole day where a clock skips the minute: so we count ourselves. */
export const openAlarms = (transport: Transport, ringsNext: Next = next): Alarms => {
  const settings = {
    repeatStrategy: (after: number, { pattern = "", tz = "UTC" }: { pattern?: string; tz?: string }) =>
      ringsNext(after, fromCron(pattern, tz)),
  };
  const queue = transport.queue(ALARMS, { settings });
  return {
    serve: async (onRing) => {
      const ring = ({ data }: { data: { id: string } }) => onRing(data.id);
      await transport.worker(ALARMS, ring, { settings }).waitUntilReady();
    },
    reconcile: async (alarms) => {
      for (const { id, recurrence } of alarms) {
        const repeat = { pattern: cronOf(recurrence), tz: recurrence.timeZone };
        const options = { ...dropped, attempts: 5, backoff: { type: "fixed", delay: 10_000 } };
        await queue.upsertJobScheduler(id, repeat, { name: ALARMS, data: { id }, opts: options });
      }
      const known = new Set(alarms.map((it) => it.id));
      for (const { key } of await queue.getJobSchedulers()) if (!known.has(key)) await queue.removeJobScheduler(key);
    },
    again: async (id, afterMs) => {
      await queue.add(ALARMS, { id }, { ...dropped, delay: Math.max(0, afterMs) });
    },
  };
};
