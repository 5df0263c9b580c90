import { allCommands, type Command, type CommandEntry, type NamedCommand } from "../../src/chat/command.ts";
import { filesTaken, fixedChoices } from "../../src/chat/options.ts";
import type { Args } from "../../src/reply.ts";
import type { RunSpec } from "../../src/runs/spec.ts";
import type { Language } from "../../src/text.ts";

/** The command that asks for runs of a spec's kind: `/train`, or a topic's own sub-command of `/lesson`. */
export const commandOf = (entries: readonly CommandEntry[], spec: RunSpec): NamedCommand | undefined => {
  const topic = "topic" in spec ? spec.topic : "";
  return allCommands(entries).find(({ path }) => path === spec.kind || path === `${spec.kind} ${topic}`);
};

/** What is typed for a list that is not narrowed down. */
const ALL = "all";

/** The name of an option's field in a spec: `backboneLr` for `backbone_lr`. */
const fieldOf = (option: string): string => option.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The arguments with which a command asks for a spec again: its options are called as the spec's fields are. */
export const argsOf = ({ options }: Pick<Command, "options">, spec: RunSpec): Args => {
  const fields: Readonly<Record<string, unknown>> = spec;
  return Object.fromEntries(
    Object.entries(options).flatMap(([name, option]) => {
      const value = fields[fieldOf(name)];
      if (value === undefined || filesTaken(option) > 0) return [];
      if (Array.isArray(value) && value.length === 0) return [[name, ALL]];
      return [[name, option.kind === "number" ? Number(value) : String(value)]];
    }),
  );
};

/** A value as it is typed. */
const typed = (value: string): string => {
  const line = value.replace(/\s+/g, " ");
  if (!/[\s"'“{]/.test(line)) return line;
  return line.includes('"') ? `'${line.replaceAll("'", "’")}'` : `"${line}"`;
};

/** The line that asks for a run of this spec again, in the words of a language. Undefined where no command does. */
export const commandLine = (entries: readonly CommandEntry[], spec: RunSpec, lang: Language): string | undefined => {
  const found = commandOf(entries, spec);
  if (!found) return undefined;
  const given = Object.entries(argsOf(found.command, spec)).map(([name, value]) => {
    const option = found.command.options[name];
    const choices = option?.kind === "choice" && "of" in option ? fixedChoices(option) : [];
    const korean = choices.find((it) => it.value === value)?.ko ?? (value === ALL ? "모두" : String(value));
    return { en: `${name}:${typed(String(value))}`, ko: `${option?.ko ?? name}:${typed(korean)}` }[lang];
  });
  return [`/${{ en: found.path, ko: found.ko }[lang]}`, ...given].join(" ");
};
