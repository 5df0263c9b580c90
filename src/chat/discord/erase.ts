import { Routes } from "discord.js";
import type { Removed } from "../../store/deliveries.ts";
import { persistently } from "../persistently.ts";
import type { Discord } from "./discord.ts";
import { handlingOf } from "./faults.ts";
import { shownIn } from "./shown.ts";

/** Takes off Discord what the bot had sent and nobody keeps any more. */
export const eraseFromDiscord = async (
  removed: readonly Removed[],
  { rest, log, signal }: Pick<Discord, "rest" | "log" | "signal">,
): Promise<void> => {
  for (const { id, place, externalId } of removed) {
    if (place.adapter !== "discord") continue;
    for (const { id: message, channel } of shownIn(externalId, place)) {
      // Nobody can take back what only one person saw: Discord itself forgets it.
      if (channel === undefined) continue;
      try {
        await persistently(
          signal,
          () => rest.delete(Routes.channelMessage(channel, message)),
          (error) => handlingOf(error) === "retry",
        );
      } catch (err) {
        const handling = handlingOf(err);
        if (!signal.aborted && handling !== "anew")
          log.error({ err, adapter: "discord", delivery: id }, "a message that was to go could not be deleted from Discord");
      }
    }
  }
};
