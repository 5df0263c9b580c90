import { z } from "zod";
import { languages } from "./text.ts";
import { addDays, dayOf, instantOf, timeOf } from "./zonedTime.ts";

/** "22:30", a time of day. */
export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** Whether this machine knows a time zone of that name. */
export const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
};

/** Where answers go on a chat with threads: below the request, into the channel, or to the asker alone. */
export const replyPlaces = ["channel", "thread", "only me"] as const;

/** What a group has set for itself with /settings. */
export const GroupSettings = z.object({
  /** The language of every answer; each person's own, as the platform says it, when left out. */
  language: z.enum(languages).optional(),
  /** The platform's ids of the channels where the bot answers; everywhere when left out or empty. */
  channels: z.array(z.string()).optional(),
  replies: z.enum(replyPlaces).default("channel"),
  /** The model that answers where none is named; the best of those that ship or were fetched, when left out. */
  model: z.string().optional(),
  /** When nothing is posted that nobody waits for, and nobody is mentioned. `from` may lie after `to`: over midnight. */
  quiet: z.object({ from: TimeOfDay, to: TimeOfDay }).optional(),
  /** An IANA name, "Asia/Seoul": whose clock and days are meant; see `zoneOf`. */
  timeZone: z.string().refine(isTimeZone, "no such time zone").optional(),
});
export type GroupSettings = z.infer<typeof GroupSettings>;

/** Whether the bot answers in a channel. */
export const answersIn = ({ channels = [] }: Pick<GroupSettings, "channels">, channel: string): boolean =>
  channels.length === 0 || channels.includes(channel);

/** The time zone of a group: its own, else Korea's for one that speaks Korean, else this machine's. */
export const zoneOf = ({ timeZone, language }: Pick<GroupSettings, "timeZone" | "language">): string =>
  timeZone ?? (language === "ko" ? "Asia/Seoul" : Intl.DateTimeFormat().resolvedOptions().timeZone);

/** Whether a group is not to be disturbed now. */
export const isQuiet = (settings: GroupSettings, now: Date): boolean => {
  const { quiet } = settings;
  if (!quiet || quiet.from === quiet.to) return false;
  const time = timeOf(now, zoneOf(settings));
  return quiet.from < quiet.to ? quiet.from <= time && time < quiet.to : quiet.from <= time || time < quiet.to;
};

/** When quiet hours that go on now will be over; `now` itself where there are none. */
export const quietUntil = (settings: GroupSettings, now: Date): Date => {
  const { quiet } = settings;
  if (!quiet || !isQuiet(settings, now)) return now;
  const zone = zoneOf(settings);
  const today = dayOf(now, zone);
  const ends = [today, addDays(today, 1)].map((day) => instantOf(day, quiet.to, zone));
  return ends.find((it) => it > now) ?? now;
};
