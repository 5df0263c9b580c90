import type { AdapterName } from "../place.ts";
import type { Adapter, AdapterParts } from "./adapter.ts";
import type { Connections } from "./connections.ts";
import { discord } from "./discord/adapter.ts";
import { slack } from "./slack/adapter.ts";
import { terminal } from "./terminal/adapter.ts";
import { web } from "./web/adapter.ts";

/** Every chat platform by its name. Each passes the exam in tests/chat/adapters.long.test.ts. */
export const adapters = { terminal, web, slack, discord } satisfies { [N in AdapterName]: Adapter & { name: N } };

type Started<A extends Adapter> = Awaited<ReturnType<A["start"]>> | (A extends { isSetUp: unknown } ? undefined : never);

/** What the adapters returned when they were started; undefined for one that is not set up. */
export type OpenAdapters = { [N in AdapterName]: Started<(typeof adapters)[N]> };

/** Starts all adapters that are set up, which from then on take what is to be sent. */
export const startAdapters = async (
  parts: Omit<AdapterParts, "connection"> & { connections: Connections },
): Promise<OpenAdapters> => {
  const { events } = parts.bot;
  const started = Object.values<Adapter>(adapters).map(async ({ name, limits, isSetUp, start }) => {
    if (isSetUp && !isSetUp(parts.config)) return [name, undefined] as const;
    // No adapter has to count its own edits.
    const onProgress: typeof events.onProgress = (adapter, listener) =>
      events.onProgress(adapter, listener, limits.secondsBetweenEdits);
    const connection = parts.connections.reporter(name);
    return [name, await start({ ...parts, connection, bot: { ...parts.bot, events: { ...events, onProgress } } })] as const;
  });
  return Object.fromEntries(await Promise.all(started)) as OpenAdapters;
};
