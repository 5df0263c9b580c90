import type { Language } from "../../../text.ts";
import type { Choice } from "../../options.ts";
import type { DescribedCommand, DescribedOption } from "../describe.ts";

/** What is being typed at the caret, and which part of the text a choice would replace. */
export type Spot = { from: number; to: number; typed: string } & (
  | { kind: "command" }
  | { kind: "option"; command: DescribedCommand }
  | { kind: "value"; command: DescribedCommand; option: DescribedOption; key: string }
);

/** A line of the menu: what it says, and what it puts in place of what was typed. */
export interface Entry {
  insert: string;
  label: string;
  detail: string;
}

const fold = (text: string) => text.normalize("NFC").toLowerCase();
const named = <T extends { name: string; ko: string }>(all: readonly T[], name: string): T | undefined =>
  all.find((it) => it.name === fold(name) || it.ko === name.normalize("NFC"));

/** Every way to write a command's name: each of its words in either language. */
const spellings = ({ name, ko }: { name: string; ko: string }): string[] => {
  const [english, korean] = [name.split(" "), ko.split(" ")];
  return english.reduce<string[]>(
    (all, word, index) => all.flatMap((before) => [word, korean[index] ?? word].map((it) => `${before} ${it}`.trim())),
    [""],
  );
};
const isNamed = (command: DescribedCommand, name: string) => spellings(command).includes(fold(name));

/** The command that a text begins with, and how long its name is: "/models add", or the one that "/models" alone stands for. */
const nameIn = (text: string, commands: readonly DescribedCommand[]) => {
  const [, first = "", second] = /^\/(\S+)(?: (\S+))?/.exec(text) ?? [];
  const whole = second && commands.find((it) => isNamed(it, `${first} ${second}`));
  if (whole) return { command: whole, length: first.length + second.length + 2 };
  const command =
    commands.find((it) => isNamed(it, first)) ??
    commands.find((it) => it.implied && spellings(it).some((name) => name.startsWith(`${fold(first)} `)));
  return command && { command, length: first.length + 1 };
};

/** The command that a text begins with, if it is one. */
export const commandIn = (text: string, commands: readonly DescribedCommand[]): DescribedCommand | undefined =>
  nameIn(text, commands)?.command;

const attachedKinds: ReadonlySet<string> = new Set(["image", "images", "file"] satisfies DescribedOption["kind"][]);

/** The options of a command that are attached. */
export const attachedOptions = (command: DescribedCommand): readonly DescribedOption[] =>
  command.options.filter((it) => attachedKinds.has(it.kind));

/** The options of a command that are typed as text; the others are attached. */
export const typedOptions = (command: DescribedCommand): readonly DescribedOption[] =>
  command.options.filter((it) => !attachedKinds.has(it.kind));

/** Every `key:value` of a text that names an option, by the option's name, with where its value stands. */
export const valuesIn = (
  text: string,
  command: DescribedCommand,
): ReadonlyMap<string, { value: string; from: number; to: number }> => {
  const found = new Map<string, { value: string; from: number; to: number }>();
  for (const match of text.matchAll(/(?<=\s)([\p{L}_][\p{L}\p{N}_-]*)[:=]("[^"]*"?|\S*)/gu)) {
    const option = named(command.options, match[1] as string);
    const to = match.index + match[0].length;
    const value = match[2] as string;
    if (option) found.set(option.name, { value: value.replaceAll('"', ""), from: to - value.length, to });
  }
  return found;
};

/** What can be completed at the caret; nothing in a text that is no command. */
export const spotAt = (text: string, caret: number, commands: readonly DescribedCommand[]): Spot | undefined => {
  if (!text.startsWith("/")) return undefined;
  const before = text.slice(0, caret);
  const from = before.search(/\S*$/);
  const rest = text.slice(caret).search(/\s/);
  const to = rest < 0 ? text.length : caret + rest;
  const typed = before.slice(from);
  const found = nameIn(text, commands);
  // The second word may be a sub-command's.
  const begins = from > 0 && !/\s/.test(before.slice(1, from - 1));
  const isName = begins && commands.some((it) => spellings(it).some((name) => name.startsWith(fold(before.slice(1)))));
  if (from === 0 || isName) return { kind: "command", from: 0, to: Math.max(to, found?.length ?? 0), typed: before.slice(1) };
  if (!found) return undefined;
  const { command } = found;
  const [, key, value] = typed.match(/^([^\s:=]+)[:=](.*)$/) ?? [];
  if (key === undefined || value === undefined) return { kind: "option", command, from, to, typed };
  const option = named(command.options, key);
  return option && { kind: "value", command, option, key, from: from + key.length + 1, to, typed: value.replaceAll('"', "") };
};

/** Those that begin with what was typed, then those that contain it. */
const matching = (entries: readonly (Entry & { words: readonly string[] })[], typed: string): Entry[] => {
  const wanted = fold(typed);
  const rank = ({ words }: { words: readonly string[] }) =>
    words.some((it) => fold(it).startsWith(wanted)) ? 0 : words.some((it) => fold(it).includes(wanted)) ? 1 : 2;
  return entries
    .filter((it) => rank(it) < 2)
    .sort((one, other) => rank(one) - rank(other))
    .map(({ insert, label, detail }) => ({ insert, label, detail }));
};

const quoted = (value: string) => (/\s/.test(value) ? `"${value}"` : value);

/** A command with values for some of its options, as it would be typed in a language. */
export const lineOf = (command: DescribedCommand, args: Readonly<Record<string, string>>, lang: Language): string => {
  const own = (it: { name: string; ko: string }) => (lang === "ko" ? it.ko : it.name);
  const typed = command.options.flatMap((it) => {
    const value = args[it.name];
    const korean = lang === "ko" ? it.choices?.find((choice) => choice.value === value)?.ko : undefined;
    return value === undefined ? [] : [`${own(it)}:${quoted(korean ?? value)}`];
  });
  return [`/${own(command)}`, ...typed, ""].join(" ");
};

/** A choice's values as lines of the menu. */
export const choiceEntries = (choices: readonly Choice[], typed: string, lang: Language): Entry[] =>
  matching(
    choices.map(({ value, label, ko }) => {
      const word = lang === "ko" ? (ko ?? value) : value;
      const words = [value, ...Object.values(label), ...(ko === undefined ? [] : [ko])];
      return { insert: `${quoted(word)} `, label: label[lang], detail: label[lang].includes(word) ? "" : word, words };
    }),
    typed,
  );

/** The menu for commands and options, in the reader's language. */
export const entriesFor = (spot: Spot, text: string, commands: readonly DescribedCommand[], lang: Language): Entry[] => {
  const own = (it: { name: string; ko: string }) => (lang === "ko" ? it.ko : it.name);
  if (spot.kind === "command") {
    return matching(
      commands.map((it) => ({
        insert: `/${own(it)} `,
        label: `/${own(it)}`,
        detail: it.about[lang],
        words: spellings(it),
      })),
      spot.typed,
    );
  }
  if (spot.kind === "value") return choiceEntries(spot.option.choices ?? [], spot.typed, lang);
  const given = valuesIn(text, spot.command);
  return matching(
    typedOptions(spot.command)
      .filter((it) => !given.has(it.name))
      .map((it) => ({ insert: `${own(it)}:`, label: own(it), detail: it.about[lang], words: [it.name, it.ko] })),
    spot.typed,
  );
};

/** The text with an entry in place of what was typed, and where the caret goes. */
export const accept = (text: string, spot: { from: number; to: number }, insert: string): { text: string; caret: number } => {
  const rest = text.slice(spot.to);
  const joined = insert.endsWith(" ") && rest.startsWith(" ") ? insert.trimEnd() : insert;
  const caret = spot.from + insert.length;
  return { text: text.slice(0, spot.from) + joined + rest, caret };
};

/** Whether what was typed is already all that an entry would say, or names its group, so that Enter may send instead. */
export const isComplete = (spot: Spot, entries: readonly Entry[]): boolean => {
  const typed = spot.kind === "command" ? `/${spot.typed.trimEnd()}` : spot.typed;
  if (spot.kind === "command" && entries.some(({ insert }) => insert.startsWith(`${fold(typed)} `))) return true;
  return entries.some(({ insert, label }) => [insert.trim().replaceAll('"', ""), label].some((it) => fold(it) === fold(typed)));
};
