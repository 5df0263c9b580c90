import type { CommandContext, CommandEntry } from "./command.ts";
import { type Choice, choiceTyped, fixedChoices, type Given, type OptionSpec, type OptionSpecs } from "./options.ts";
import { commandNamed } from "./understand.ts";

/** Discord shows no more, and nobody reads more. */
const SUGGESTIONS = 25;

const valuesOf = async (spec: OptionSpec | undefined, context: CommandContext, given: Given): Promise<readonly Choice[]> => {
  if (spec?.kind === "choice") return "of" in spec ? fixedChoices(spec) : spec.among(context, given);
  return spec && "suggest" in spec && spec.suggest ? spec.suggest(context, given) : [];
};

/** What was typed for the other options, with values for the Korean names of values. */
const understood = (options: OptionSpecs, given: Given): Given =>
  Object.fromEntries(
    Object.entries(given).map(([name, typed]) => {
      const spec = options[name];
      const choices = spec?.kind === "choice" && "of" in spec ? fixedChoices(spec) : [];
      return [name, choiceTyped(choices, typed)?.value ?? typed];
    }),
  );

/** Values for an option while it is typed: those whose value or label contains what is typed so far. */
export const suggest = async (
  entries: readonly CommandEntry[],
  { command, option, typed, given = {} }: { command: string; option: string; typed: string; given?: Given },
  context: CommandContext,
): Promise<readonly Choice[]> => {
  const wanted = typed.normalize("NFC").toLowerCase();
  const options = commandNamed(entries, command)?.options ?? {};
  return (await valuesOf(options[option], context, understood(options, given)))
    .filter(({ value, label, ko = "" }) => [value, ...Object.values(label), ko].some((it) => it.toLowerCase().includes(wanted)))
    .slice(0, SUGGESTIONS);
};
