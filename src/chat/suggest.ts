import type { Choice, Command, CommandContext, Given } from "./command.ts";
import { commandNamed } from "./understand.ts";

/** Discord shows no more, and nobody reads more. */
const SUGGESTIONS = 25;

/** Values for an option while it is typed: those whose value or label contains what is typed so far. */
export const suggest = async (
  commands: readonly Command[],
  { command, option, typed, given = {} }: { command: string; option: string; typed: string; given?: Given },
  context: CommandContext,
): Promise<readonly Choice[]> => {
  const spec = commandNamed(commands, command)?.options[option];
  if (spec?.kind !== "choice") return [];
  const all =
    "of" in spec
      ? spec.of.map((value) => ({ value, label: spec.labels?.[value] ?? { en: value, ko: value } }))
      : await spec.among(context, given);
  const wanted = typed.normalize("NFC").toLowerCase();
  return all
    .filter(({ value, label }) => [value, label[context.lang]].some((text) => text.toLowerCase().includes(wanted)))
    .slice(0, SUGGESTIONS);
};
