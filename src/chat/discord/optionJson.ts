import { type APIApplicationCommandBasicOption, type FileUploadType, ApplicationCommandOptionType as Type } from "discord.js";
import { aboutOption, type OptionSpec, type OptionSpecs } from "../options.ts";
import { CHOICE_TEXT, discordLimits, NUMBERED } from "./limits.ts";

/** So many options a command may have. */
const MOST_OPTIONS = 25;
const cut = (text: string, most: number) => ([...text].length > most ? `${[...text].slice(0, most - 1).join("")}…` : text);

/** What a description may say. */
export const described = (about: { en: string; ko: string }) => ({
  description: cut(about.en, 100),
  description_localizations: { ko: cut(about.ko, 100) },
});

/** What autocompletion and menus show for a value. */
export const choiceText = (text: string): string => cut(text, CHOICE_TEXT);

const common = (name: string, spec: OptionSpec) => ({
  ...{ name, name_localizations: { ko: spec.ko } },
  ...described(aboutOption(spec)),
});

/** How many pictures a command numbers where it takes several. */
export const numbered = (specs: OptionSpecs, most: number): number =>
  Math.min(most, NUMBERED, MOST_OPTIONS - Object.keys(specs).length + 1);

/** The options on Discord that stand for one of ours: a list of pictures becomes several. Files can be left out, and a form asks for them. */
const optionJson = (name: string, spec: OptionSpec, specs: OptionSpecs): APIApplicationCommandBasicOption[] => {
  const it = common(name, spec);
  const required = spec.required ? { required: true } : {};
  switch (spec.kind) {
    case "image":
      return [{ ...it, type: Type.Attachment, file_types: ["image"] }];
    case "images":
      return Array.from({ length: numbered(specs, spec.most) }, (_, index) => ({
        ...it,
        ...(index > 0 && { name: `${name}${index + 1}`, name_localizations: { ko: `${spec.ko}${index + 1}` } }),
        type: Type.Attachment,
        file_types: ["image"],
      }));
    case "file":
      return [{ ...it, type: Type.Attachment, file_types: spec.endings as FileUploadType[] }];
    case "number": {
      const range = { min_value: spec.min, max_value: spec.max };
      return [
        spec.whole ? { ...it, ...required, ...range, type: Type.Integer } : { ...it, ...required, ...range, type: Type.Number },
      ];
    }
    case "user":
      return [{ ...it, ...required, type: Type.User }];
    case "choice":
      if ("of" in spec && spec.of.length <= discordLimits.choices) {
        const choices = spec.of.map((value) => {
          const label = spec.labels?.[value] ?? { en: value, ko: value };
          return { name: choiceText(label.en), name_localizations: { ko: choiceText(label.ko) }, value };
        });
        return [{ ...it, ...required, type: Type.String, choices }];
      }
      return [{ ...it, ...required, type: Type.String, autocomplete: true }];
    case "text":
      return [{ ...it, ...required, type: Type.String, ...(spec.suggest && { autocomplete: true as const }) }];
  }
};

/** A command's options as Discord wants them: those without which it cannot run first. */
export const optionsJson = (specs: OptionSpecs): APIApplicationCommandBasicOption[] => {
  const all = Object.entries(specs).flatMap(([name, spec]) => optionJson(name, spec, specs));
  return [...all.filter((it) => it.required), ...all.filter((it) => !it.required)];
};

/** Our name of an option for one of Discord's. */
export const optionNamed = (specs: OptionSpecs, name: string): [name: string, spec: OptionSpec] | undefined => {
  const [exact, list] = [specs[name], name.replace(/\d+$/, "")];
  if (exact) return [name, exact];
  const spec = specs[list];
  return spec?.kind === "images" ? [list, spec] : undefined;
};
