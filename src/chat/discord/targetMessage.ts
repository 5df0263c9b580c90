import type { APIMessage } from "discord.js";
import type { FileRef } from "../../files.ts";
import type { From } from "../request.ts";
import type { Discord } from "./discord.ts";
import type { DiscordFile } from "./download.ts";
import { EPHEMERAL } from "./shown.ts";

/** The files of a message, and of what was forwarded in it. */
export const filesInMessage = (message: Pick<APIMessage, "attachments" | "message_snapshots">): DiscordFile[] => [
  ...(message.attachments ?? []),
  ...(message.message_snapshots ?? []).flatMap((it) => it.message.attachments ?? []),
];

/** The pictures that one of our own messages means; none where it shows nothing of ours any more. */
export const filesOfOurs = async (
  { bot, store, known }: Pick<Discord, "bot" | "store" | "known">,
  from: From,
  message: string,
): Promise<readonly FileRef[]> => {
  // A message that only one person sees is kept under another name, and one in a thread may belong to its channel.
  const places = [from.place, { ...from.place, channel: known.parentOf(from.place.channel) ?? from.place.channel }];
  for (const place of places) {
    for (const name of [message, EPHEMERAL + message]) {
      const delivery = await store.deliveries.shownAs(place, name);
      if (delivery) return bot.filesOf(delivery, from);
    }
  }
  return [];
};
