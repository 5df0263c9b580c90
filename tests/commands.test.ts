import { describe, expect, it } from "vitest";
import { z } from "zod";
import { commands } from "../commands/index.ts";
import { allCommands, type Command, type CommandContext, command } from "../src/chat/command.ts";
import { aboutOption, filesTaken, REQUEST_SEED, withDefaults } from "../src/chat/options.ts";
import { languages, type Text } from "../src/text.ts";

/** Discord's rule for names of commands and options, which is the strictest we meet. */
const discordName = /^[-_'\p{L}\p{N}]{1,32}$/u;
/** The longest name that Slack shows in the menu of a message. */
const SLACK_MENU_NAME = 24;
const all = allCommands(commands);

const expectFit = ({ name, ko, about }: { name: string; ko: string; about: Text }) => {
  expect(name).toMatch(/^[a-z][a-z0-9_-]{0,31}$/);
  expect(ko).toMatch(discordName);
  for (const lang of languages) {
    expect(about[lang].length).toBeGreaterThan(0);
    expect(about[lang].length).toBeLessThanOrEqual(100);
  }
};
const expectDistinct = (names: readonly string[]) => expect(new Set(names).size).toBe(names.length);

describe.each(all.map((it) => [it.path, it.command] as const))("/%s", (_, { options, ...command }) => {
  const specs = Object.entries(options);

  it("has names and descriptions that every platform takes, its defaults in them", () => {
    expectFit(command);
    expect(specs.length).toBeLessThanOrEqual(25);
    for (const [name, spec] of specs) expectFit({ name, ko: spec.ko, about: aboutOption(spec) });
  });

  it("asks for what it needs before what it can do without", () => {
    const needed = specs.map(([, spec]) => spec.required === true);
    expect(needed).toEqual(needed.toSorted((a, b) => Number(b) - Number(a)));
  });

  it("names its choices in both languages, and each only once", () => {
    for (const [, spec] of specs) {
      if (spec.kind !== "choice" || !("of" in spec)) continue;
      expectDistinct(spec.of);
      for (const [value, label] of Object.entries(spec.labels ?? {})) {
        expect(spec.of).toContain(value);
        for (const lang of languages) expect(label[lang], value).not.toBe("");
      }
    }
  });

  it("has no two options of one name", () => expectDistinct(specs.flatMap(([name, spec]) => [name, spec.ko])));

  it("has defaults that somebody could have given", () => {
    for (const [, spec] of specs) {
      if (!("default" in spec)) continue;
      expect(spec.required).toBeUndefined();
      if (spec.kind === "choice") expect(spec.of).toContain(spec.default);
      else if (spec.kind === "text") expect(spec.default).not.toBe("");
      else if (spec.default !== REQUEST_SEED) {
        expect(spec.default).toBeGreaterThanOrEqual(spec.min);
        expect(spec.default).toBeLessThanOrEqual(spec.max);
      }
    }
  });
});

describe("the table of commands", () => {
  it("has no two commands of one name, and no two sub-commands of one name in a group", () => {
    expectDistinct(commands.flatMap((it) => [it.name, it.ko]));
    for (const entry of commands) if ("subcommands" in entry) expectDistinct(entry.subcommands.flatMap((it) => [it.name, it.ko]));
  });

  it("has groups that Discord takes, whose implied sub-commands are their own", () => {
    for (const entry of commands) {
      if (!("subcommands" in entry)) continue;
      expectFit(entry);
      expect(entry.subcommands.length).toBeLessThanOrEqual(25);
      expect(entry.subcommands).toContain(entry.alone);
      expect(entry.subcommands).toContain(entry.otherwise);
    }
  });

  it("has commands that work on a message: by a short name of their own, on its pictures", () => {
    const onMessages = all.filter((it) => it.command.message);
    expect(onMessages.map((it) => it.path)).toEqual(["augment", "classify", "explain", "label add"]);
    for (const { command } of onMessages) {
      const pictures = Object.values(command.options).filter((it) => it.kind === "image" || it.kind === "images");
      expect(pictures.filter((it) => it.required)).toHaveLength(1);
    }
    for (const lang of languages) {
      const names = onMessages.map((it) => it.command.message?.[lang] ?? "");
      expectDistinct(names);
      for (const name of names) expect(name.length).toBeLessThanOrEqual(SLACK_MENU_NAME);
    }
  });

  it("takes no more files than fit into a message", () => {
    for (const { command } of all) {
      const files = Object.values(command.options).reduce((sum, it) => sum + filesTaken(it), 0);
      expect(files).toBeLessThanOrEqual(16);
    }
  });
});

describe("an option's default", () => {
  const options = {
    n: { kind: "number", ko: "수", about: { en: "how many", ko: "개수" }, min: 1, max: 9, default: 4 },
    seed: {
      kind: "number",
      ko: "시드",
      about: { en: "what chance begins with", ko: "난수 시드" },
      min: 0,
      max: 9,
      default: REQUEST_SEED,
    },
    size: {
      kind: "choice",
      ko: "크기",
      about: { en: "how large", ko: "크기" },
      of: ["small", "big"],
      labels: { big: { en: "big", ko: "크게" } },
      default: "big",
    },
    note: { kind: "text", ko: "메모", about: { en: "anything", ko: "아무거나" } },
  } as const;

  it("takes the place of what was left out, and of nothing else", () => {
    expect(withDefaults(options, {}, { seed: 7 })).toEqual({ n: 4, seed: 7, size: "big" });
    expect(withDefaults(options, { n: 1, seed: 0, note: "x" }, { seed: 7 })).toEqual({ n: 1, seed: 0, size: "big", note: "x" });
  });

  it("is said wherever the option is described, from the table alone", () => {
    expect(Object.values(options).map(aboutOption)).toEqual([
      { en: "how many; 4 when left out", ko: "개수. 기본값 4" },
      { en: "what chance begins with; a new one when left out", ko: "난수 시드. 비우면 새로 정해요" },
      { en: "how large; big when left out", ko: "크기. 기본값 크게" },
      { en: "anything", ko: "아무거나" },
    ]);
  });

  it("makes sure for the compiler that the argument is there", () => {
    command({
      ...{ name: "x", ko: "엑스", about: { en: "x", ko: "x" } },
      options,
      data: z.object({ sum: z.number() }),
      run: async (_, { n, seed, size, note }) => {
        const sizes: "small" | "big" = size;
        // @ts-expect-error: a text without a default may be missing
        const { length } = note;
        return { text: `${sizes} ${length}`, data: { sum: n + seed } };
      },
    });
  });
});

describe("what the compiler demands of a command", () => {
  const named = { name: "x", ko: "엑스", about: { en: "x", ko: "x" }, options: {} } as const;
  const data = z.object({ net: z.string() });
  const job = async ({ lang }: CommandContext) => ({ job: "arch" as const, input: { net: "resnet8", lang } });
  const reply = async () => ({ text: "", data: { net: "resnet8" } });

  it("an answer where there is a job, and only there", () => {
    const commands: Command[] = [
      command({ ...named, data, run: job, answer: reply }),
      command({ ...named, data, run: reply }),
      // @ts-expect-error: a job whose end nobody answers
      command({ ...named, data, run: job }),
      // @ts-expect-error: an answer to a job that is never asked for
      command({ ...named, data, run: reply, answer: reply }),
    ];
    expect(commands).toHaveLength(4);
  });

  it("data as its schema says", () => {
    // @ts-expect-error: the schema has no number in it
    command({ ...named, data, run: async () => ({ text: "", data: { net: 8 } }) });
    // @ts-expect-error: nothing for programs
    command({ ...named, data, run: async () => ({ text: "" }) });
  });

  it("alt text for every picture", () => {
    const file = { blob: "", name: "", type: "", bytes: 1 };
    command({ ...named, data, run: async () => ({ text: "", pictures: [{ ...file, alt: "a cat" }], data: { net: "" } }) });
    // @ts-expect-error: a picture that says nothing to those who cannot see it
    command({ ...named, data, run: async () => ({ text: "", pictures: [file], data: { net: "" } }) });
  });
});
