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
