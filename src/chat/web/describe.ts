import type { Text } from "../../text.ts";
import { allCommands, type CommandEntry } from "../command.ts";
import { aboutOption, type Choice, fixedChoices, type OptionSpec } from "../options.ts";

/** An option as the page needs it: everything but the functions. */
export interface DescribedOption {
  name: string;
  ko: string;
  about: Text;
  required: boolean;
  kind: OptionSpec["kind"];
  min?: number;
  max?: number;
  whole?: boolean;
  /** The values of a choice, when they are always the same. */
  choices?: readonly Choice[];
  /** Values are asked for while typing, because they depend on what is there right now. */
  suggests?: true;
  endings?: readonly string[];
}

export interface DescribedCommand {
  /** As it is typed, "models add" for a sub-command. */
  name: string;
  ko: string;
  /** Of a group, the sub-command that is meant where none is named. */
  implied: boolean;
  about: Text;
  ephemeral: boolean;
  options: readonly DescribedOption[];
}

const describeOption = (name: string, spec: OptionSpec): DescribedOption => {
  const { ko, kind } = spec;
  const base = { name, ko, about: aboutOption(spec), kind, required: spec.required ?? false };
  if (spec.kind === "number") return { ...base, min: spec.min, max: spec.max, whole: spec.whole ?? false };
  if (spec.kind === "file") return { ...base, endings: spec.endings };
  if ("among" in spec || ("suggest" in spec && spec.suggest !== undefined)) return { ...base, suggests: true };
  if (spec.kind !== "choice") return base;
  return { ...base, choices: fixedChoices(spec) };
};

/** The table of commands as JSON, for the page's menu. */
export const describeCommands = (entries: readonly CommandEntry[]): DescribedCommand[] =>
  allCommands(entries).map(({ path, ko, command, implied }) => ({
    name: path,
    ko,
    implied,
    about: command.about,
    ephemeral: command.ephemeral ?? false,
    options: Object.entries(command.options).map(([option, spec]) => describeOption(option, spec)),
  }));
