import { describe, expect, it } from "vitest";
import { commands } from "../commands/index.ts";
import { languages } from "../src/text.ts";

/** Discord's rule for names of commands and options, which is the strictest we meet. */
const discordName = /^[-_'\p{L}\p{N}]{1,32}$/u;

describe.each(commands.map((it) => [it.name, it] as const))("/%s", (_, command) => {
  const options = Object.entries(command.options);

  it("has names and descriptions that every platform takes", () => {
    expect(command.name).toMatch(/^[a-z][a-z0-9_-]{0,31}$/);
    expect(command.ko).toMatch(discordName);
    expect(options.length).toBeLessThanOrEqual(25);
    for (const [name, spec] of options) {
      expect(name).toMatch(/^[a-z][a-z0-9_-]{0,31}$/);
      expect(spec.ko).toMatch(discordName);
    }
    for (const { about } of [command, ...Object.values(command.options)]) {
      for (const lang of languages) {
        expect(about[lang].length).toBeGreaterThan(0);
        expect(about[lang].length).toBeLessThanOrEqual(100);
      }
    }
  });

  it("asks for what it needs before what it can do without", () => {
    const needed = options.map(([, spec]) => spec.required === true);
    expect(needed).toEqual(needed.toSorted((a, b) => Number(b) - Number(a)));
  });

  it("names its choices in both languages, and each only once", () => {
    for (const [, spec] of options) {
      if (spec.kind !== "choice" || !("of" in spec)) continue;
      expect(new Set(spec.of).size).toBe(spec.of.length);
      for (const [value, label] of Object.entries(spec.labels ?? {})) {
        expect(spec.of).toContain(value);
        for (const lang of languages) expect(label[lang], value).not.toBe("");
      }
    }
  });

  it("has no two options of one name", () => {
    const names = options.flatMap(([name, spec]) => [name, spec.ko]);
    expect(new Set(names).size).toBe(names.length);
  });
});

it("no two commands share a name", () => {
  const names = commands.flatMap((it) => [it.name, it.ko]);
  expect(new Set(names).size).toBe(names.length);
});
