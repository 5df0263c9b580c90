import { type APIChannel, Routes } from "discord.js";
import type { Discord } from "./discord.ts";
import { codeOf, handlingOf } from "./faults.ts";

/** Discord's code of a message that has a thread already, which then has the message's id. */
const HAS_ONE = 160004;
const NAME = 100;
const ONE_DAY_MINUTES = 1440;

/** Opens a thread below a message, or gives the one that is there; undefined where the bot may not. */
export const threadBelow = async (
  { rest, log }: Pick<Discord, "rest" | "log">,
  channel: string,
  message: string,
  name: string,
): Promise<string | undefined> => {
  try {
    const body = { name: name.slice(0, NAME) || "Peerlab", auto_archive_duration: ONE_DAY_MINUTES };
    return ((await rest.post(Routes.threads(channel, message), { body })) as APIChannel).id;
  } catch (err) {
    if (codeOf(err) === HAS_ONE) return message;
    if (handlingOf(err) === "retry" && codeOf(err) === 429) throw err;
    log.debug({ err, adapter: "discord" }, "a thread could not be opened; the answer stands in the channel");
    return undefined;
  }
};
