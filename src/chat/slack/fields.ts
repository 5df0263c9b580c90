import type { types } from "@slack/bolt";
import type { FileRef } from "../../files.ts";
import type { Args } from "../../reply.ts";
import type { Language } from "../../text.ts";
import type { Command } from "../command.ts";
import { aboutOption, filesTaken, type OptionSpec } from "../options.ts";
import type { FieldState, SlackFile, SlackView } from "./payload.ts";
import { words } from "./words.ts";

type Block = types.KnownBlock;
type Element = types.InputBlock["element"];

/** Slack's limits of fields. */
const OPTION_TEXT = 75;
const OPTION_VALUE = 150;
const HINT = 2000;
const PLACEHOLDER = 150;
const FILES = 10;
const STATIC_OPTIONS = 100;

/** Endings of the pictures that we read; Slack only hides others, so that what comes is checked all the same. */
const PICTURES = ["jpg", "jpeg", "png", "gif", "webp", "heic", "heif", "avif", "bmp", "tif", "tiff"];

const plain = (text: string, most: number) => ({
  type: "plain_text" as const,
  text: [...text].slice(0, most).join("") || "…",
  emoji: false,
});
/** A value that is offered, as Slack wants it; a longer one than it takes cannot be. */
export const optionOf = (value: string, label: string) => ({
  text: plain(label, OPTION_TEXT),
  value: value.slice(0, OPTION_VALUE),
});

/** The field of an option, with what was typed already. */
const elementOf = (name: string, spec: OptionSpec, typed: string | undefined, lang: Language): Element => {
  const action_id = name;
  const placeholder = plain(words.choose[lang], PLACEHOLDER);
  switch (spec.kind) {
    case "image":
    case "images":
      return { type: "file_input", action_id, filetypes: PICTURES, max_files: Math.min(FILES, filesTaken(spec)) };
    case "file":
      return { type: "file_input", action_id, filetypes: spec.endings.map((it) => it.replace(/^.*\./, "")), max_files: 1 };
    case "number": {
      const number = typed === undefined || typed.trim() === "" ? Number.NaN : Number(typed);
      const fits = number >= spec.min && number <= spec.max && (!spec.whole || Number.isInteger(number));
      const range = { min_value: String(spec.min), max_value: String(spec.max) };
      const initial = fits ? { initial_value: String(number) } : {};
      return { type: "number_input", action_id, is_decimal_allowed: !spec.whole, ...range, ...initial };
    }
    case "choice":
      if ("of" in spec && spec.of.length <= STATIC_OPTIONS) {
        const options = spec.of.map((value) => optionOf(value, spec.labels?.[value]?.[lang] ?? value));
        const initial = options.find((it) => it.value.toLowerCase() === typed?.toLowerCase());
        return { type: "static_select", action_id, placeholder, options, ...(initial && { initial_option: initial }) };
      }
      break;
    case "text":
      if (!spec.suggest) return { type: "plain_text_input", action_id, ...(typed && { initial_value: typed }) };
      break;
  }
  const initial = typed ? { initial_option: optionOf(typed, typed) } : {};
  return { type: "external_select", action_id, placeholder, min_query_length: 0, ...initial };
};

/** The fields of a command's options in a modal, those without which it cannot run first; `without` are left out. */
export const fieldsOf = (
  { options }: Command,
  typed: Readonly<Record<string, string>>,
  lang: Language,
  without: readonly string[] = [],
): Block[] => {
  const all = Object.entries(options).filter(([name]) => !without.includes(name));
  const sorted = [...all.filter(([, it]) => it.required), ...all.filter(([, it]) => !it.required)];
  return sorted.map(([name, spec]) => ({
    type: "input",
    block_id: name,
    optional: !spec.required,
    label: plain(lang === "ko" ? spec.ko : name, 200),
    hint: plain(aboutOption(spec)[lang], HINT),
    element: elementOf(name, spec, typed[name], lang),
  }));
};

const typedIn = (field: FieldState): string | undefined => {
  if (field.type === "file_input") return undefined;
  const value = "selected_option" in field ? field.selected_option?.value : "value" in field ? field.value : undefined;
  return value ?? undefined;
};

/** What was filled in: values by their options, and the files of each. */
export const filledIn = ({
  state,
}: Pick<SlackView, "state">): { typed: Record<string, string>; files: Record<string, readonly SlackFile[]> } => {
  const typed: Record<string, string> = {};
  const files: Record<string, readonly SlackFile[]> = {};
  for (const block of Object.values(state?.values ?? {})) {
    for (const [name, field] of Object.entries(block)) {
      if (field.type === "file_input") files[name] = field.files ?? [];
      const value = typedIn(field);
      if (value !== undefined && value !== "") typed[name] = value;
    }
  }
  return { typed, files };
};

/** The arguments of a command from its fields, with their files stored. */
export const argsFrom = (
  { options }: Command,
  typed: Readonly<Record<string, string>>,
  files: Readonly<Record<string, readonly FileRef[]>>,
): Args => {
  const given: Record<string, Args[string]> = {};
  for (const [name, spec] of Object.entries(options)) {
    const own = files[name] ?? [];
    if (spec.kind === "images" && own.length > 0) given[name] = own;
    else if (filesTaken(spec) > 0 && own[0]) given[name] = own[0];
    else if (typed[name] !== undefined) given[name] = typed[name];
  }
  return given;
};
