import type { AdapterName } from "../../../src/place.ts";
import { discordDriver } from "./discord.ts";
import type { AdapterDriver } from "./driver.ts";
import { slackDriver } from "./slack.ts";
import { terminalDriver } from "./terminal.ts";
import { webDriver } from "./web.ts";

/** How each platform is used; the compiler asks for one for every adapter there is. */
export const drivers: Record<AdapterName, AdapterDriver> = {
  terminal: terminalDriver,
  web: webDriver,
  slack: slackDriver,
  discord: discordDriver,
};
