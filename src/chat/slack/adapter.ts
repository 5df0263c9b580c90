import type { Adapter } from "../adapter.ts";
import { slackLimits } from "./limits.ts";

/** Slack: over sockets that we open, or by calls to a port of ours. Its library is loaded only where it is set up. */
export const slack = {
  name: "slack",
  limits: slackLimits,
  isSetUp: ({ slack: settings }) => settings !== undefined,
  start: async (parts) => (await import("./open.ts")).openSlack(parts),
} as const satisfies Adapter<void>;
