import {
  type APIModalInteractionResponseCallbackData,
  type APIModalSubmitInteraction,
  ComponentType,
  type FileUploadType,
  TextInputStyle,
} from "discord.js";
import type { Language } from "../../text.ts";
import type { Command, NamedCommand } from "../command.ts";
import { aboutOption, filesTaken, type OptionSpec } from "../options.ts";
import { type FormMemory, formId } from "./customId.ts";
import type { DiscordFile } from "./download.ts";
import { discordLimits, NUMBERED } from "./limits.ts";
import { choiceText, described } from "./optionJson.ts";
import { words } from "./words.ts";

/** The field in which one of a message's pictures is chosen. */
export const WHICH = "which picture";
/** So many fields a form may have, and so many characters its title and theirs. */
const FIELDS = 5;
const TITLE = 45;

type Label = Extract<APIModalInteractionResponseCallbackData["components"][number], { type: ComponentType.Label }>;

/** How many pictures a command takes. */
export const picturesTaken = ({ options }: Command): number =>
  Object.values(options).reduce((sum, spec) => sum + (spec.kind === "file" ? 0 : filesTaken(spec)), 0);
/** The files without which a command cannot run. */
export const filesNeeded = ({ options }: Command): string[] =>
  Object.entries(options).flatMap(([name, spec]) => (spec.required && filesTaken(spec) > 0 ? [name] : []));
/** Whether the menu of a message has to ask for something: what else the command needs, or which of several pictures. */
export const hasToAsk = (command: Command, pictures: number): boolean =>
  pictures > picturesTaken(command) || Object.values(command.options).some((it) => it.required && filesTaken(it) === 0);

const fieldOf = (name: string, spec: OptionSpec, typed: string | undefined): Label["component"] => {
  const [custom_id, required] = [name, spec.required ?? false];
  if (filesTaken(spec) > 0) {
    const file_types = (spec.kind === "file" ? spec.endings : ["image"]) as FileUploadType[];
    const most = Math.min(NUMBERED, filesTaken(spec));
    return { type: ComponentType.FileUpload, custom_id, required, min_values: required ? 1 : 0, max_values: most, file_types };
  }
  if (spec.kind === "choice" && "of" in spec && spec.of.length <= discordLimits.choices) {
    const options = spec.of.map((value) => ({
      ...{ value, label: choiceText(value) },
      ...(value === typed && { default: true }),
    }));
    return { type: ComponentType.StringSelect, custom_id, required, options };
  }
  return {
    ...{ type: ComponentType.TextInput, custom_id, required, style: TextInputStyle.Short },
    ...(typed && { value: typed }),
  };
};

const labelled = (spec: OptionSpec, lang: Language, component: Label["component"], name: string): Label => {
  const { description, description_localizations } = described(aboutOption(spec));
  const about = lang === "ko" ? description_localizations.ko : description;
  return { type: ComponentType.Label, label: (lang === "ko" ? spec.ko : name).slice(0, TITLE), description: about, component };
};

/** The options in the order in which a form asks for them: what the command needs, what was typed, the rest. */
const ordered = ({ options }: Command, typed: Readonly<Record<string, string>>, without: readonly string[]) => {
  const rank = ([name, spec]: [string, OptionSpec]) => (spec.required ? 0 : typed[name] !== undefined ? 1 : 2);
  return Object.entries(options)
    .filter(([name]) => !without.includes(name))
    .sort((a, b) => rank(a) - rank(b));
};

/** A form in which a command is filled in. `without` are options that need not be asked for; `pictures` are those of a message. */
export const formFor = (
  { path, ko, command }: NamedCommand,
  memory: Omit<FormMemory, "path">,
  { lang, without, pictures = [] }: { lang: Language; without: readonly string[]; pictures?: readonly DiscordFile[] },
): APIModalInteractionResponseCallbackData => {
  const which: Label[] = [];
  if (pictures.length > picturesTaken(command)) {
    const options = pictures.slice(0, discordLimits.choices).map((it, index) => ({
      ...{ value: it.id, label: choiceText(`${index + 1}. ${it.filename}`) },
      ...(index === 0 && { default: true }),
    }));
    const component = { type: ComponentType.StringSelect as const, custom_id: WHICH, options };
    which.push({ type: ComponentType.Label, label: words.whichPicture[lang], component });
  }
  const shown = ordered(command, memory.typed, without).slice(0, FIELDS - which.length);
  const fields = shown.map(([name, spec]) => labelled(spec, lang, fieldOf(name, spec, memory.typed[name]), name));
  const unshown = Object.entries(memory.typed).filter(([name]) => !shown.some(([it]) => it === name));
  return {
    custom_id: formId({ ...memory, path, typed: Object.fromEntries(unshown) }),
    title: `/${lang === "ko" ? ko : path}`.slice(0, TITLE),
    components: [...which, ...fields],
  };
};

/** What was filled in: values by their options, and the ids of each one's files. */
export const filledIn = ({ data }: Pick<APIModalSubmitInteraction, "data">) => {
  const typed: Record<string, string> = {};
  const files: Record<string, readonly string[]> = {};
  for (const row of data.components) {
    if (row.type !== ComponentType.Label) continue;
    const { component } = row;
    if (component.type === ComponentType.FileUpload) files[component.custom_id] = component.values;
    else if ("values" in component && component.values[0] !== undefined) typed[component.custom_id] = component.values[0];
    else if ("value" in component && typeof component.value === "string" && component.value !== "")
      typed[component.custom_id] = component.value;
  }
  return { typed, files };
};
