import { describe, expect, it } from "vitest";
import { commands } from "../../../commands/index.ts";
import { allCommands } from "../../../src/chat/command.ts";
import { commandsJson } from "../../../src/chat/discord/commandJson.ts";
import { optionNamed } from "../../../src/chat/discord/optionJson.ts";
import type { Call } from "../../helpers/discord/calls.ts";
import { hasSpec, openValidator } from "../../helpers/discord/validation.ts";

interface Named {
  name: string;
  name_localizations: { ko: string };
  description?: string;
  description_localizations?: { ko: string };
  type: number;
  required?: boolean;
  autocomplete?: boolean;
  choices?: { name: string; name_localizations: { ko: string }; value: string }[];
  options?: Named[];
  contexts?: number[];
  integration_types?: number[];
  file_types?: string[];
}
const all = commandsJson(commands) as unknown as Named[];
const chat = all.filter((it) => it.type === 1);
const menu = all.filter((it) => it.type === 3);
/** Every command, sub-command and option, with what it stands in. */
const inside = (of: Named, path: string): [string, Named][] => [
  [path, of],
  ...(of.options ?? []).flatMap((it) => inside(it, `${path} ${it.name}`)),
];
const named = chat.flatMap((it) => inside(it, it.name));
const length = (text: string | undefined) => [...(text ?? "")].length;
/** docs: interactions/application-commands, "Application Command Naming". */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

describe("the commands as Discord is told them", () => {
  it("are at most 100, with at most 15 in the menu of a message", () => {
    expect(chat.length).toBe(commands.length);
    expect(chat.length).toBeLessThanOrEqual(100);
    expect(menu.map((it) => it.name)).toEqual(expect.arrayContaining(["Augment", "Classify", "Explain", "Label"]));
    expect(menu.length).toBeLessThanOrEqual(15);
  });

  it("have names that Discord takes, in both languages, each once among its neighbours", () => {
    for (const [path, { name, name_localizations: local }] of named) {
      expect(name, path).toMatch(NAME);
      expect(name, path).toBe(name.toLowerCase());
      expect(local.ko, path).toMatch(NAME);
      expect(local.ko, path).toBe(local.ko.toLowerCase());
    }
    for (const siblings of [chat, menu, ...named.map(([, it]) => it.options ?? [])]) {
      expect(new Set(siblings.map((it) => it.name)).size).toBe(siblings.length);
      expect(new Set(siblings.map((it) => it.name_localizations.ko)).size).toBe(siblings.length);
    }
  });

  it("are described in 1 to 100 characters, in both languages", () => {
    for (const [path, { description, description_localizations: local }] of named)
      for (const text of [description, local?.ko]) {
        expect(length(text), path).toBeGreaterThan(0);
        expect(length(text), path).toBeLessThanOrEqual(100);
      }
  });

  it("have at most 25 options, those that are required first, and at most 25 choices or completion instead", () => {
    for (const [path, { options = [], choices = [], autocomplete }] of named) {
      expect(options.length, path).toBeLessThanOrEqual(25);
      const required = options.map((it) => it.required === true);
      expect(required.lastIndexOf(true), path).toBeLessThan(required.includes(false) ? required.indexOf(false) : 26);
      expect(choices.length, path).toBeLessThanOrEqual(25);
      if (choices.length > 0) expect(autocomplete, path).toBeUndefined();
      for (const choice of choices)
        for (const text of [choice.name, choice.name_localizations.ko, choice.value]) {
          expect(length(text), path).toBeGreaterThan(0);
          expect(length(text), path).toBeLessThanOrEqual(100);
        }
    }
  });

  it("take 8000 characters each at most, names, descriptions and values of choices together", () => {
    for (const command of chat) {
      const count = (lang: "en" | "ko") =>
        inside(command, command.name).reduce((sum, [, it]) => {
          const [name, about] =
            lang === "en" ? [it.name, it.description] : [it.name_localizations.ko, it.description_localizations?.ko];
          const choices = (it.choices ?? []).map(
            (choice) => (lang === "en" ? choice.name : choice.name_localizations.ko) + choice.value,
          );
          return sum + length(name) + length(about) + length(choices.join(""));
        }, 0);
      // Discord counts the longest of the languages; both together are on the safe side.
      expect(count("en") + count("ko"), command.name).toBeLessThanOrEqual(8000);
    }
  });

  it("work in servers, in direct messages and for whoever installed them for themselves", () => {
    for (const { name, contexts, integration_types: types } of all) {
      expect(contexts, name).toEqual([0, 1, 2]);
      expect(types, name).toEqual([0, 1]);
    }
  });

  it("offer pictures where they want pictures, and leave no option without a way back to ours", () => {
    for (const { path, command } of allCommands(commands)) {
      const [first, second] = path.split(" ");
      const top = chat.find((it) => it.name === first);
      const options = (second ? top?.options?.find((it) => it.name === second) : top)?.options ?? [];
      for (const option of options) {
        const [name, spec] = optionNamed(command.options, option.name) ?? [];
        expect(name, `${path} ${option.name}`).toBeDefined();
        if (spec?.kind === "image" || spec?.kind === "images") expect(option.file_types).toEqual(["image"]);
        if (spec?.kind === "file") expect(option.file_types).toEqual([...spec.endings]);
      }
      const ours = new Set(options.map((it) => optionNamed(command.options, it.name)?.[0]));
      expect([...ours].sort()).toEqual(Object.keys(command.options).sort());
    }
  });

  it("are what Discord's own OpenAPI file takes", () => {
    if (!hasSpec) return console.log("Discord's OpenAPI file is not here: only the limits above were checked");
    const validate = openValidator();
    const put = (body: unknown) => validate({ method: "PUT", path: "/applications/1/commands", body } as Call);
    expect(put(all)).toEqual([]);
    // It does find fault where there is one.
    expect(put([{ ...all[0], name: "x".repeat(33) }])).not.toEqual([]);
  });
});
