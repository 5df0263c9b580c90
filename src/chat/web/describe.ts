import type { Text } from "../../text.ts";
import type { Choice, Command, OptionSpec } from "../command.ts";

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
  /** The values of a choice, when they are always the same; otherwise they are asked for while typing. */
  choices?: readonly Choice[];
  endings?: readonly string[];
}

export interface DescribedCommand {
  name: string;
  ko: string;
  about: Text;
  ephemeral: boolean;
  options: readonly DescribedOption[];
}

const describeOption = (name: string, spec: OptionSpec): DescribedOption => {
  const { ko, about, kind } = spec;
  const base = { name, ko, about, kind, required: spec.required ?? false };
  if (spec.kind === "number") return { ...base, min: spec.min, max: spec.max, whole: spec.whole ?? false };
  if (spec.kind === "file") return { ...base, endings: spec.endings };
  if (spec.kind !== "choice" || !("of" in spec)) return base;
  return { ...base, choices: spec.of.map((value) => ({ value, label: spec.labels?.[value] ?? { en: value, ko: value } })) };
};

/** The table of commands as JSON, for the page's menu. */
export const describeCommands = (commands: readonly Command[]): DescribedCommand[] =>
  commands.map(({ name, ko, about, ephemeral, options }) => ({
    name,
    ko,
    about,
    ephemeral: ephemeral ?? false,
    options: Object.entries(options).map(([option, spec]) => describeOption(option, spec)),
  }));
