import {
  type APIApplicationCommandInteractionDataBasicOption as BasicOption,
  type APIApplicationCommandInteractionDataOption as Option,
  ApplicationCommandOptionType as Type,
} from "discord.js";
import { userIdOf } from "./from.ts";

/** The command that was chosen, "models add" for a sub-command, with its options. */
export const commandPath = ({
  name,
  options = [],
}: {
  name: string;
  options?: readonly Option[];
}): { path: string; options: readonly BasicOption[] } => {
  const [first] = options;
  if (first?.type === Type.Subcommand) return { path: `${name} ${first.name}`, options: first.options ?? [] };
  return { path: name, options: options as readonly BasicOption[] };
};

/** What was typed, by the options' names; files are not. */
export const typedOptions = (options: readonly BasicOption[]): Record<string, string> =>
  Object.fromEntries(
    options.flatMap((it) => {
      if (it.type === Type.Attachment) return [];
      return [[it.name, it.type === Type.User ? userIdOf(it.value) : String(it.value)]];
    }),
  );

/** The ids of the files that were attached, by the options' names. */
export const attachedOptions = (options: readonly BasicOption[]): { name: string; id: string }[] =>
  options.flatMap((it) => (it.type === Type.Attachment ? [{ name: it.name, id: it.value }] : []));
