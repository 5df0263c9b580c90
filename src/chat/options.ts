import type { FileRef } from "../files.ts";
import type { Args } from "../reply.ts";
import { languages, type Text } from "../text.ts";
import type { CommandContext } from "./command.ts";

/** A value that an option may have, with what autocompletion shows for it. */
export interface Choice {
  value: string;
  label: Text;
  /** What is typed for it in Korean, where that is another word. */
  ko?: string;
}

/** The other options that are filled in already, as typed, while a value is looked for. */
export type Given = Readonly<Record<string, string>>;
/** Values for an option, from what is there right now. They are only ever those of the asker's own group. */
type FindChoices = (context: CommandContext, given: Given) => Promise<readonly Choice[]>;

/** Takes the seed that was drawn for the request, so that the same request always gives the same bytes. */
export const REQUEST_SEED = "request seed";

/**
 * The kinds of option that Discord, Slack, the web chat and a terminal can all express. One with a `default` is never missing;
 * `about` says nothing of it, because `aboutOption` does.
 */
export type OptionSpec = { ko: string; about: Text; required?: true } & (
  | { kind: "image" }
  /** Several pictures at once, at most so many; platforms without lists number them. */
  | { kind: "images"; most: number }
  | { kind: "file"; endings: readonly string[] }
  /**
   * Any text; `suggest` completes it while it is typed, and does not limit it. With `rest`, bare words that follow belong to it. `defaultKo` is
   * the default as it is called in Korean.
   */
  | { kind: "text"; suggest?: FindChoices; default?: string; defaultKo?: string; rest?: true }
  | { kind: "user"; suggest?: FindChoices }
  | { kind: "number"; min: number; max: number; whole?: true; default?: number | typeof REQUEST_SEED }
  | { kind: "choice"; of: readonly string[]; labels?: Readonly<Record<string, Text>>; default?: string }
  /** One of the values that are there right now. */
  | { kind: "choice"; among: FindChoices }
);
type FixedChoice = Extract<OptionSpec, { kind: "choice"; of: readonly string[] }>;

/** What a value is called in Korean: its label, of which only a name before a colon is typed, as in "맛보기: 30초 이내". */
const koreanOf = ({ ko }: Text): string => /^([^:]+): /.exec(ko)?.[1] ?? ko;

/** The values of a choice that are always the same. */
export const fixedChoices = ({ of, labels }: FixedChoice): Choice[] =>
  of.map((value) => {
    const label = labels?.[value] ?? { en: value, ko: value };
    const ko = koreanOf(label);
    return { value, label, ...(ko !== value && { ko }) };
  });

/** Which of some choices was typed, in either language; a slash in front of a command's name is no part of it. */
export const choiceTyped = (choices: readonly Choice[], typed: string): Choice | undefined => {
  const plain = (text: string) => text.normalize("NFC").toLowerCase().replace(/^\//, "");
  return choices.find(({ label, ko = "" }) => [...Object.values(label), ko].some((it) => plain(it) === plain(typed)));
};

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

type ValueOf<O extends OptionSpec> = O extends { kind: "choice"; of: readonly (infer V)[] }
  ? V
  : O extends { kind: "number" }
    ? number
    : O extends { kind: "images" }
      ? readonly FileRef[]
      : O extends { kind: "image" | "file" }
        ? FileRef
        : string;

/** The arguments that `run` receives, read off the option table: those required or with a default are never undefined. */
export type ArgsOf<S extends OptionSpecs> = {
  [K in keyof S]: S[K] extends { required: true } | { default: string | number } ? ValueOf<S[K]> : ValueOf<S[K]> | undefined;
};

/** How many files an option takes; none where it is typed. */
export const filesTaken = (spec: OptionSpec): number =>
  spec.kind === "images" ? spec.most : spec.kind === "image" || spec.kind === "file" ? 1 : 0;

const defaultOf = (spec: OptionSpec) => ("default" in spec ? spec.default : undefined);

/** Arguments with the defaults of what was left out. */
export const withDefaults = (options: OptionSpecs, args: Args, { seed }: Pick<CommandContext, "seed">): Args => {
  const filled = Object.entries(options).flatMap(([name, spec]) => {
    const value = defaultOf(spec);
    return value === undefined || args[name] !== undefined ? [] : [[name, value === REQUEST_SEED ? seed : value] as const];
  });
  return { ...args, ...Object.fromEntries(filled) };
};

const whenLeftOut = {
  en: (value: string | number) => `; ${value === REQUEST_SEED ? "a new one" : value} when left out`,
  ko: (value: string | number) => (value === REQUEST_SEED ? ". 비우면 새로 정해요" : `. 기본값 ${value}`),
};

/** What an option is for, and its default, wherever options are described. */
export const aboutOption = (spec: OptionSpec): Text => {
  const value = defaultOf(spec);
  if (value === undefined) return spec.about;
  const choice = spec.kind === "choice" && "of" in spec ? fixedChoices(spec).find((it) => it.value === value) : undefined;
  const korean = spec.kind === "text" ? spec.defaultKo : choice?.ko;
  const named = { en: choice?.label.en ?? value, ko: korean ?? value };
  const said = languages.map((lang) => [lang, spec.about[lang] + whenLeftOut[lang](named[lang])]);
  return Object.fromEntries(said) as Text;
};
