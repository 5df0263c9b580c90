import type { Adapter } from "../adapter.ts";
import { discordLimits } from "./limits.ts";

/** Discord, over a connection that we open. Its library is loaded only where it is set up. */
export const discord = {
  name: "discord",
  limits: discordLimits,
  isSetUp: ({ discord: settings }) => settings !== undefined,
  start: async (parts) => (await import("./open.ts")).openDiscord(parts),
} as const satisfies Adapter<void>;
