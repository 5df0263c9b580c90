import type { AdapterName } from "../place.ts";
import type { Adapter, AdapterParts } from "./adapter.ts";
import { terminal } from "./terminal/adapter.ts";
import { web } from "./web/adapter.ts";

/** Every chat platform by its name. Each passes the exam in tests/chat/adapters.test.ts. */
export const adapters = { terminal, web } satisfies { [N in AdapterName]: Adapter & { name: N } };

/** What the adapters returned when they were started. */
export type OpenAdapters = { [N in AdapterName]: Awaited<ReturnType<(typeof adapters)[N]["start"]>> };

/** Starts all adapters, which from then on take what is to be sent. */
export const startAdapters = async (parts: AdapterParts): Promise<OpenAdapters> => {
  const { events } = parts.bot;
  const started = Object.values(adapters).map(async ({ name, limits, start }) => {
    // No adapter has to count its own edits.
    const onProgress: typeof events.onProgress = (adapter, listener) =>
      events.onProgress(adapter, listener, limits.secondsBetweenEdits);
    return [name, await start({ ...parts, bot: { ...parts.bot, events: { ...events, onProgress } } })] as const;
  });
  return Object.fromEntries(await Promise.all(started)) as OpenAdapters;
};
