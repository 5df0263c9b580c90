import { UserError } from "../errors.ts";
import type { FileRef } from "../files.ts";
import { findName, nearestNames } from "../models/names.ts";
import type { Args } from "../reply.ts";
import type { CommandContext } from "./command.ts";
import {
  type Choice,
  choiceTyped,
  filesTaken,
  fixedChoices,
  type OptionSpec,
  type OptionSpecs,
  withDefaults,
} from "./options.ts";

type Value = Args[string];
/** One value as it was given: by an option's name, or as a bare word, which fills the next free option. */
export interface GivenValue {
  key?: string;
  value: NonNullable<Value>;
  /** How both stood in the line, where they were typed in one. */
  written?: string;
}

const isFile = (value: unknown): value is FileRef => typeof value === "object" && value !== null && "blob" in value;
const takesFile = (spec: OptionSpec) => filesTaken(spec) > 0;
const isRest = (spec: OptionSpec) => spec.kind === "text" && spec.rest === true;
const takesPicture = ({ kind }: OptionSpec) => kind === "image" || kind === "images";

/** The values a choice may have right now, with what each is called besides. */
const choicesOf = async (spec: OptionSpec, context: CommandContext): Promise<readonly Choice[]> =>
  spec.kind !== "choice" ? [] : "among" in spec ? spec.among(context, {}) : fixedChoices(spec);

/** So many values are named to whoever typed none of them. */
const MOST_KNOWN = 30;

/** That no choice was typed, with those that may have been meant: by their names in either language. */
const noChoice = (name: string, ko: string, got: string, choices: readonly Choice[]): UserError => {
  const known = choices.map((it) => it.value);
  const byKorean = nearestNames(
    got,
    choices.flatMap((it) => it.ko ?? []),
  ).flatMap((near) => choices.find((it) => it.ko === near)?.value ?? []);
  const near = [...new Set([...nearestNames(got, known), ...byKorean])];
  const named = new Set([...near, ...known.slice(0, MOST_KNOWN)]);
  const korean = choices.flatMap((it) => (it.ko !== undefined && named.has(it.value) ? [[it.value, it.ko] as const] : []));
  return new UserError("not_a_choice", {
    ...{ name, ko, got, near, known: known.slice(0, MOST_KNOWN) },
    ...(korean.length > 0 && { korean: Object.fromEntries(korean) }),
  });
};

/** One typed value as its option wants it, or the mistake in it. */
const check = async (name: string, spec: OptionSpec, value: NonNullable<Value>, context: CommandContext): Promise<Value> => {
  if (spec.kind === "images" && Array.isArray(value)) return value.slice(0, spec.most);
  if (takesFile(spec)) {
    if (!isFile(value)) throw new UserError("missing_option", { name, ko: spec.ko, about: spec.about });
    return value;
  }
  if (spec.kind === "number") {
    const number = typeof value === "number" ? value : Number(String(value).trim() || Number.NaN);
    const fits = number >= spec.min && number <= spec.max && (!spec.whole || Number.isInteger(number));
    if (!fits) throw new UserError("not_a_number", { name, ko: spec.ko, got: String(value), min: spec.min, max: spec.max });
    return number;
  }
  const typed = String(value).normalize("NFC");
  if (spec.kind !== "choice") return typed;
  const choices = await choicesOf(spec, context);
  const found =
    findName(
      typed,
      choices.map((it) => it.value),
    ) ?? choiceTyped(choices, typed)?.value;
  if (found === undefined) throw noChoice(name, spec.ko, typed, choices);
  return found;
};

/** Which attached file belongs to which option: pictures in order, other files by their ending. */
const placeFiles = (specs: OptionSpecs, files: readonly FileRef[], taken: ReadonlySet<string>): Record<string, Value> => {
  const slots = Object.entries(specs).filter(([name, spec]) => takesFile(spec) && !taken.has(name));
  const placed: Record<string, FileRef[]> = {};
  for (const file of files) {
    const ends = (spec: OptionSpec) => spec.kind === "file" && spec.endings.some((it) => file.name.toLowerCase().endsWith(it));
    const free = slots.filter(([name, spec]) => (placed[name]?.length ?? 0) < filesTaken(spec));
    const slot = free.find(([, spec]) => ends(spec)) ?? free.find(([, spec]) => spec.kind !== "file");
    if (!slot) {
      const wanted = slots.reduce((sum, [, spec]) => sum + filesTaken(spec), 0);
      throw new UserError("too_many_files", { wanted, got: files.length });
    }
    placed[slot[0]] = [...(placed[slot[0]] ?? []), file];
  }
  return Object.fromEntries(Object.entries(placed).map(([name, all]) => [name, specs[name]?.kind === "images" ? all : all[0]]));
};

/** Bare words with "strength 0.8" read as "strength:0.8": a word that is an option's name, and another after it. */
const paired = (specs: OptionSpecs, given: readonly GivenValue[]): readonly GivenValue[] => {
  const isOption = (word: Value) =>
    Object.entries(specs).some(([name, spec]) => filesTaken(spec) === 0 && (word === name || word === spec.ko));
  const [first, second, ...rest] = given;
  // Words of a text that is written without quotes mean nothing else.
  if (!first || Object.values(specs).some(isRest)) return given;
  const isPair = first.key === undefined && second && second.key === undefined && isOption(first.value);
  return isPair
    ? [{ key: String(first.value), value: second.value }, ...paired(specs, rest)]
    : [first, ...paired(specs, given.slice(1))];
};

/**
 * Checks what was given against a command's options, and fills in the defaults: what is kept says all of what was asked, whatever
 * the defaults are in a later version. Everything wrong with it is a `UserError`.
 */
export const bindArguments = async (
  specs: OptionSpecs,
  given: readonly GivenValue[],
  files: readonly FileRef[],
  context: CommandContext,
): Promise<Args> => {
  const options = Object.entries(specs);
  const args: Record<string, Value> = {};
  for (const { key, value, written: typedAs } of paired(specs, given)) {
    const bare = () => options.find(([name, spec]) => !takesFile(spec) && args[name] === undefined);
    const named = options.find(([name, spec]) => name === key?.toLowerCase() || spec.ko === key);
    // What no option takes belongs to a text that is being written, or that comes next: further words, and "T:4" among them.
    const free = bare();
    const written =
      options.find(([name, spec]) => isRest(spec) && args[name] !== undefined) ??
      (key !== undefined && free && isRest(free[1]) ? free : undefined);
    const isTaken = named !== undefined && args[named[0]] !== undefined;
    if ((!named || isTaken) && written && typeof value === "string") {
      const before = args[written[0]];
      args[written[0]] =
        `${before === undefined ? "" : `${before} `}${key === undefined ? value : (typedAs ?? `${key}:${value}`)}`.normalize(
          "NFC",
        );
      continue;
    }
    const option = key === undefined ? free : named;
    const typed = options.filter(([, spec]) => !takesFile(spec)).map(([en, { ko }]) => ({ en, ko }));
    if (!option) throw new UserError("unknown_option", { name: key ?? String(value), known: typed });
    args[option[0]] = await check(option[0], option[1], value, context);
  }
  Object.assign(args, placeFiles(specs, files, new Set(Object.keys(args))));
  for (const [name, spec] of options) {
    if (!spec.required || args[name] !== undefined) continue;
    if (!takesPicture(spec)) throw new UserError("missing_option", { name, ko: spec.ko, about: spec.about });
    const wanted = options.filter(([, it]) => takesPicture(it) && it.required);
    throw new UserError("missing_image", { wanted: wanted.length, got: wanted.filter(([it]) => args[it] !== undefined).length });
  }
  return withDefaults(specs, args, context);
};
