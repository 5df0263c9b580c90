import { REST } from "discord.js";
import type { Config } from "../../config.ts";

export type DiscordConfig = NonNullable<Config["discord"]>;

/** A file may take a while. */
const TIMEOUT_MS = 60_000;

/** Discord's API with the bot's token. It waits where a rate limit asks for it, unless it is `isSparing`: then it throws. */
export const openRest = ({ token, apiUrl }: DiscordConfig, { isSparing = false } = {}): REST =>
  new REST({
    version: "10",
    timeout: TIMEOUT_MS,
    ...(apiUrl && { api: apiUrl }),
    ...(isSparing && { rejectOnRateLimit: () => true, retries: 0 }),
  }).setToken(token);
