import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPostAPIApplicationCommandsJSONBody,
} from "discord.js";
import { allCommands, type Command, type CommandEntry } from "../command.ts";
import { described, optionsJson } from "./optionJson.ts";

/** In servers, direct messages and group conversations, for a server's members and for whoever installed it for themselves. */
const everywhere = {
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
};
/**
 * Discord offers it only to those who manage a server; whoever may change it there can open it to others. Discord's OpenAPI file wants an
 * integer here, and discord.js's types the string that Discord gives back.
 */
const managersOnly = { default_member_permissions: Number(PermissionFlagsBits.ManageGuild) as unknown as string };
const named = ({ name, ko }: Pick<CommandEntry, "name" | "ko">) => ({ name, name_localizations: { ko } });
const isForManagers = (entry: CommandEntry): boolean =>
  ("run" in entry ? [entry] : entry.subcommands).every((it: Command) => it.administratorsOnly);

const chatCommand = (entry: CommandEntry): RESTPostAPIApplicationCommandsJSONBody => ({
  type: ApplicationCommandType.ChatInput,
  ...named(entry),
  ...described(entry.about),
  ...everywhere,
  ...(isForManagers(entry) && managersOnly),
  options:
    "run" in entry
      ? optionsJson(entry.options)
      : entry.subcommands.map((it) => ({
          type: ApplicationCommandOptionType.Subcommand,
          ...named(it),
          ...described(it.about),
          options: optionsJson(it.options),
        })),
});

/** What Discord is told that the bot can do: every command of the table, and in each message's menu those that work on its pictures. */
export const commandsJson = (entries: readonly CommandEntry[]): RESTPostAPIApplicationCommandsJSONBody[] => [
  ...entries.map(chatCommand),
  ...allCommands(entries).flatMap(({ command: { message } }) =>
    message
      ? [
          {
            type: ApplicationCommandType.Message as const,
            name: message.en,
            name_localizations: { ko: message.ko },
            ...everywhere,
          },
        ]
      : [],
  ),
];
