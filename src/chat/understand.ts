import { UserError } from "../errors.ts";
import type { FileRef } from "../files.ts";
import { nearestNames } from "../models/names.ts";
import type { Args } from "../reply.ts";
import { bindArguments, type GivenValue } from "./arguments.ts";
import type { Command, CommandContext, CommandEntry, CommandGroup } from "./command.ts";
import { parseLine } from "./commandLine.ts";
import { filesTaken, withDefaults } from "./options.ts";
import type { IncomingRequest } from "./request.ts";

/** A command with what it was given: `path` is how it is kept and asked again, as in "models add". */
export interface Understood {
  command: Command;
  path: string;
  args: Args;
}

/** What an earlier version called the option that now is a sub-command: in its buttons, in what waits, and in people's fingers. */
const ACTION: readonly (string | undefined)[] = ["action", "동작"];

const named = <T extends { name: string; ko: string; formerly?: readonly string[] }>(
  all: readonly T[],
  name: string,
): T | undefined => all.find((it) => it.name === name.toLowerCase() || it.ko === name || it.formerly?.includes(name));

const firstTyped = ({ options }: Command) => Object.entries(options).find(([, spec]) => filesTaken(spec) === 0)?.[0];

/** Which sub-command is meant by what was given to a group, and what is left for it. */
const subcommandIn = (group: CommandGroup, given: readonly GivenValue[], hasFiles: boolean) => {
  const { subcommands } = group;
  const [first, ...rest] = given;
  const byWord = first?.key === undefined && typeof first?.value === "string" ? named(subcommands, first.value) : undefined;
  if (byWord) return { command: byWord, given: rest };
  const action = given.find((it) => ACTION.includes(it.key));
  if (action) {
    const byAction = named(subcommands, String(action.value));
    if (!byAction) {
      const [name = "", got, known] = [action.key, String(action.value), subcommands.map((it) => it.name)];
      const korean = Object.fromEntries(subcommands.map((it) => [it.name, it.ko]));
      throw new UserError("not_a_choice", { name, ko: name, got, near: nearestNames(got, known), known, korean });
    }
    return { command: byAction, given: given.filter((it) => it !== action) };
  }
  // `undo:1a2b` says the same as `undo 1a2b`.
  for (const { key, value } of given) {
    const byKey = key === undefined ? undefined : named(subcommands, key);
    const option = byKey && firstTyped(byKey);
    if (byKey && option) return { command: byKey, given: [{ key: option, value }, ...given.filter((it) => it.key !== key)] };
  }
  return { command: given.length > 0 || hasFiles ? group.otherwise : group.alone, given };
};

/** The command of that name, "models add" included, with what was given to it; nothing when nobody knows the name. */
export const meant = (entries: readonly CommandEntry[], name: string, given: readonly GivenValue[], hasFiles = false) => {
  const [first = "", second] = name.split(" ");
  const entry = named(entries, first);
  if (!entry) return undefined;
  if ("run" in entry) return { command: entry, path: entry.name, given };
  const direct = second === undefined ? undefined : named(entry.subcommands, second);
  if (second !== undefined && !direct) return undefined;
  const found = direct ? { command: direct, given } : subcommandIn(entry, given, hasFiles);
  return { ...found, path: `${entry.name} ${found.command.name}` };
};

const listed = (args: Args): GivenValue[] =>
  Object.entries(args).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value }]));

/** A command by its name in English or Korean; of a group, the one that is meant when its options are being filled in. */
export const commandNamed = (entries: readonly CommandEntry[], name: string): Command | undefined => {
  const entry = named(entries, name);
  return entry && "otherwise" in entry ? entry.otherwise : meant(entries, name, [])?.command;
};

/** What a request that was kept asks for, also by an earlier version, with its defaults; nothing when nobody knows the command any more. */
export const recall = (
  entries: readonly CommandEntry[],
  kept: { command: string; args: Args },
  context: CommandContext,
): Understood | undefined => {
  const found = meant(entries, kept.command, listed(kept.args));
  if (!found) return undefined;
  const args = Object.fromEntries(found.given.map(({ key = "", value }) => [key, value]));
  return { command: found.command, path: found.path, args: withDefaults(found.command.options, args, context) };
};

const isPicture = ({ type }: Pick<FileRef, "type">) => type.startsWith("image/");
/** "이 사진 뭐야?", "what is this" */
const QUESTION =
  /[?？]|^\s*(what|who|which|is (this|it)|이거|이건|이게|뭐|무엇|무슨|어떤)|뭐(야|예요|에요|지|냐)|(인가요|일까요|나요|까요)/iu;

/** Whether something that is no command asks what to do with a picture: one without words, or with a question. Other talk is left alone. */
export const asksAbout = (text: unknown, files: readonly Pick<FileRef, "type">[]): boolean =>
  typeof text === "string" && !/^\s*\//.test(text) && files.some(isPicture) && (text.trim() === "" || QUESTION.test(text));

const pictureAlone = (entries: readonly CommandEntry[]) => {
  const found = entries.find((it): it is Command => "run" in it && it.pictureAlone === true);
  return found && { command: found.name, given: [] };
};

/** That nobody knows a command, with those that may have been meant: by their names in either language. */
const unknownCommand = (name: string, entries: readonly CommandEntry[]): UserError => {
  const known = entries.map((it) => ({ en: it.name, ko: it.ko }));
  const names = nearestNames(
    name,
    known.flatMap((it) => [it.en, it.ko]),
  );
  const near = known.filter((it) => names.includes(it.en) || names.includes(it.ko));
  return new UserError("unknown_command", { name, known, near });
};

/** What a request means, or the mistake in it as a `UserError`. */
export const understand = async (
  { input, files, quoted = [] }: Pick<IncomingRequest, "input" | "files" | "quoted">,
  entries: readonly CommandEntry[],
  context: CommandContext,
): Promise<Understood> => {
  const typed = typeof input === "string" ? parseLine(input) : { command: input.command, given: listed(input.args) };
  const line = typed ?? (asksAbout(input, [...files, ...quoted]) ? pictureAlone(entries) : undefined);
  const found = line && meant(entries, line.command, line.given, files.length > 0);
  if (!found) throw unknownCommand(line?.command ?? "", entries);
  const { command, path, given } = found;
  const slots = Object.values(command.options).reduce((sum, it) => sum + filesTaken(it), 0);
  const attached = files.length > 0 ? files : quoted.slice(0, slots - given.filter((it) => typeof it.value === "object").length);
  return { command, path, args: await bindArguments(command.options, given, attached, context) };
};
