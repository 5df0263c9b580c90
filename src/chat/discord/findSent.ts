import { type APIMessage, Routes } from "discord.js";
import type { Place } from "../../place.ts";
import type { Discord } from "./discord.ts";
import { nameOf } from "./shown.ts";

/** So many messages back one is looked for. */
const LOOKED_AT = 100;

/**
 * Messages of ours in a channel that nobody noted: what a crash between a send and its note may have left. Empty where the bot may not read
 * the channel's history; then the nonce alone keeps it from posting twice, for some minutes.
 */
export const unnotedMessages = async (
  { rest, store, known }: Pick<Discord, "rest" | "store" | "known">,
  channel: string,
  place: Place,
  since: Date,
): Promise<APIMessage[]> => {
  const query = new URLSearchParams({ limit: String(LOOKED_AT) });
  const recent = (await rest.get(Routes.channelMessages(channel), { query }).catch(() => [])) as APIMessage[];
  const unnoted: APIMessage[] = [];
  for (const message of recent) {
    if (message.author.id !== known.self() || new Date(message.timestamp) < since) continue;
    if (!(await store.deliveries.shownAs(place, nameOf(message.id, channel, place)))) unnoted.push(message);
  }
  return unnoted;
};

/** Whether a message says what was to be sent. */
export const saysTheSame = (
  message: Pick<APIMessage, "content" | "attachments" | "components">,
  wanted: {
    content: string;
    attachments: readonly unknown[];
    components: readonly { components: readonly { custom_id: string }[] }[];
  },
): boolean => {
  const buttons = (rows: readonly unknown[] | undefined) =>
    JSON.stringify(
      (rows ?? []).flatMap((row) =>
        ((row as { components?: { custom_id?: string }[] }).components ?? []).map((it) => it.custom_id),
      ),
    );
  return (
    message.content === wanted.content &&
    message.attachments.length === wanted.attachments.length &&
    buttons(message.components) === buttons(wanted.components)
  );
};
