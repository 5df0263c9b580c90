import type { CommandContext, CommandEntry } from "./command.ts";
import type { Choice, Given, OptionSpec } from "./options.ts";
import { commandNamed } from "./understand.ts";

/** Discord shows no more, and nobody reads more. */
const SUGGESTIONS = 25;

const valuesOf = async (spec: OptionSpec | undefined, context: CommandContext, given: Given): Promise<readonly Choice[]> => {
  if (spec?.kind === "choice")
    return "of" in spec
      ? spec.of.map((value) => ({ value, label: spec.labels?.[value] ?? { en: value, ko: value } }))
      : spec.among(context, given);
  return spec && "suggest" in spec && spec.suggest ? spec.suggest(context, given) : [];
};

/** Values for an option while it is typed: those whose value or label contains what is typed so far. */
export const suggest = async (
  entries: readonly CommandEntry[],
  { command, option, typed, given = {} }: { command: string; option: string; typed: string; given?: Given },
  context: CommandContext,
): Promise<readonly Choice[]> => {
  const wanted = typed.normalize("NFC").toLowerCase();
  return (await valuesOf(commandNamed(entries, command)?.options[option], context, given))
    .filter(({ value, label }) => [value, ...Object.values(label)].some((text) => text.toLowerCase().includes(wanted)))
    .slice(0, SUGGESTIONS);
};
