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
