import { z } from "zod";
import { languages } from "./text.ts";

/** "22:30", a time of day. */
export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** Where answers go on a chat with threads: below the request, into the channel, or to the asker alone. */
export const replyPlaces = ["channel", "thread", "only me"] as const;

/** What a group has set for itself with /settings. */
export const GroupSettings = z.object({
  /** The language of every answer; each person's own, as the platform says it, when left out. */
  language: z.enum(languages).optional(),
  /** The platform's ids of the channels where the bot answers; everywhere when left out or empty. */
  channels: z.array(z.string()).optional(),
  replies: z.enum(replyPlaces).default("channel"),
  /** When nothing is posted that nobody waits for, and nobody is mentioned. `from` may lie after `to`: over midnight. */
  quiet: z.object({ from: TimeOfDay, to: TimeOfDay, timeZone: z.string() }).optional(),
});
export type GroupSettings = z.infer<typeof GroupSettings>;

/** Whether the bot answers in a channel. */
export const answersIn = ({ channels = [] }: Pick<GroupSettings, "channels">, channel: string): boolean =>
  channels.length === 0 || channels.includes(channel);

/** "21:05" in a time zone. */
const timeOfDay = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }).format(at);

/** Whether a group is not to be disturbed now. */
export const isQuiet = ({ quiet }: Pick<GroupSettings, "quiet">, now: Date): boolean => {
  if (!quiet || quiet.from === quiet.to) return false;
  const time = timeOfDay(now, quiet.timeZone);
  return quiet.from < quiet.to ? quiet.from <= time && time < quiet.to : quiet.from <= time || time < quiet.to;
};
