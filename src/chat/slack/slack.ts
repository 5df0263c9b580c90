import { setTimeout } from "node:timers/promises";
import type { AdapterParts } from "../adapter.ts";
import type { SlackApi } from "./api.ts";
import type { Channels } from "./channels.ts";
import type { People } from "./people.ts";
import type { ResponseUrls } from "./responseUrls.ts";

/** What everything that works on Slack's events and deliveries works with; each takes what it needs. */
export interface Slack extends Omit<AdapterParts, "config" | "connection"> {
  api: SlackApi;
  people: People;
  channels: Channels;
  responseUrls: ResponseUrls;
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
