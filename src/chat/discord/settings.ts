import { GroupSettings } from "../../settings.ts";
import type { Bot } from "../bot.ts";

/** So long what a group has set is taken from memory. */
const FRESH_MS = 3000;
/** An acknowledgement waits for the database no longer than this. */
const PATIENCE_MS = 700;
/** More servers than one bot without shards can be in. */
const MOST_KNOWN = 2500;

/** Groups' settings, kept for a moment: Discord wants to know who will see an answer before anybody can be asked. */
export const openSettings = (bot: Pick<Bot, "settings">, now: () => number = Date.now) => {
  const known = new Map<string, { at: number; settings: GroupSettings }>();
  return async (group: string): Promise<GroupSettings> => {
    const before = known.get(group);
    if (before && now() - before.at < FRESH_MS) return before.settings;
    const looked = bot.settings(group).then((settings) => {
      known.delete(group);
      known.set(group, { at: now(), settings });
      for (const [oldest] of known) {
        if (known.size <= MOST_KNOWN) break;
        known.delete(oldest);
      }
      return settings;
    });
    const stale = before?.settings ?? GroupSettings.parse({});
    const late = new Promise<GroupSettings>((resolve) => setTimeout(resolve, PATIENCE_MS, stale).unref());
    return Promise.race([looked.catch(() => stale), late]);
  };
};
