import { allCommands, type CommandEntry } from "../command.ts";
import { filesTaken } from "../options.ts";
import { EVENTS_PATH } from "./port.ts";
import { allScopes } from "./scopes.ts";
import { ALL_IN_ONE, slashNameOf } from "./slashNames.ts";

/** How Slack reaches the bot: over sockets, or at a public address, "https://peerlab.example.org". */
export type Reach = "socket" | { address: string };

/** Slack's limits of a manifest, where they are narrower than what we write. */
const DESCRIPTION = 150;
const USAGE_HINT = 150;

const short = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

/** What can be typed behind a command: `[op] [strength]`. Files are asked for in a form. */
const usageOf = (entry: CommandEntry): string => {
  if (!("run" in entry)) return entry.subcommands.map((it) => it.name).join(" | ");
  const typed = Object.entries(entry.options).filter(([, spec]) => filesTaken(spec) === 0);
  return typed.map(([name, { required }]) => (required ? `${name}:…` : `[${name}:…]`)).join(" ");
};

/** The app as Slack makes it from a manifest, out of the table of commands: pasted at api.slack.com/apps, it needs no further click. */
export const manifestOf = (commands: readonly CommandEntry[], reach: Reach) => {
  const url = reach === "socket" ? {} : { url: `${reach.address.replace(/\/$/, "")}${EVENTS_PATH}` };
  const requestUrl = reach === "socket" ? {} : { request_url: url.url };
  const hint = (usage: string) => (usage === "" ? {} : { usage_hint: short(usage, USAGE_HINT) });
  const slash = (command: string, about: string, usage: string) => ({
    ...{ command, description: short(about, DESCRIPTION), ...hint(usage), should_escape: true, ...url },
  });
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: "Peerlab",
      description: "A study group's CNN lab: classify, explain, augment and train, in the chat",
      background_color: "#1f2a44",
    },
    features: {
      app_home: { home_tab_enabled: false, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: "Peerlab", always_online: true },
      slash_commands: [
        slash(ALL_IN_ONE, "Everything Peerlab can do, and help", "help | classify | augment | …"),
        ...commands.map((entry) => slash(slashNameOf(entry), entry.about.en, usageOf(entry))),
      ],
      shortcuts: allCommands(commands).flatMap(({ path, command }) =>
        command.message
          ? [{ name: command.message.en, type: "message", callback_id: path, description: short(command.about.en, DESCRIPTION) }]
          : [],
      ),
    },
    oauth_config: { scopes: { bot: allScopes } },
    settings: {
      event_subscriptions: { ...requestUrl, bot_events: ["app_mention", "message.im"] },
      interactivity: {
        ...{ is_enabled: true, ...requestUrl },
        ...(url.url && { message_menu_options_url: url.url }),
      },
      org_deploy_enabled: false,
      socket_mode_enabled: reach === "socket",
      token_rotation_enabled: false,
    },
  };
};

/** The same as the text of `manifest.json`. */
export const manifestText = (commands: readonly CommandEntry[], reach: Reach): string =>
  `${JSON.stringify(manifestOf(commands, reach), null, 2)}\n`;
