import { setTimeout } from "node:timers/promises";
import type { REST } from "discord.js";
import type { GroupSettings } from "../../settings.ts";
import type { AdapterParts } from "../adapter.ts";
import type { Known } from "./gateway.ts";

/** What everything that works on Discord's events and deliveries works with; each takes what it needs. */
export interface Discord extends Omit<AdapterParts, "config" | "connection"> {
  /** Discord's API: waits where a rate limit asks for it. */
  rest: REST;
  /** The same for what may be dropped, such as progress: it gives up where it would have to wait, and nothing else waits behind it. */
  sparingRest: REST;
  /** What the gateway has told of servers and channels. */
  known: Known;
  /** A group's settings, as fresh as an acknowledgement can wait for. */
  settings(group: string): Promise<GroupSettings>;
}

/** Tries something that may fail for a while: five times, longer and longer apart. Throws what the last try threw, or when the bot closes. */
export const persistently = async <T>(
  signal: AbortSignal,
  work: () => Promise<T>,
  mayRetry: (error: unknown) => boolean,
): Promise<T> => {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || tries >= 5 || !mayRetry(error)) throw error;
      await setTimeout(250 * 2 ** tries, undefined, { signal, ref: false });
    }
  }
};
