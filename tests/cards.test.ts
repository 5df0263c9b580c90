import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commands } from "../commands/index.ts";
import { learningCard } from "../commands/parts/learningCards.ts";
import { type CardTopic, cardTopics, topicNames } from "../src/cardTopics.ts";
import type { CommandContext } from "../src/chat/command.ts";
import { understand } from "../src/chat/understand.ts";
import { UserError } from "../src/errors.ts";
import type { FileRef } from "../src/files.ts";
import { languages } from "../src/text.ts";

const photo: FileRef = { blob: "f".repeat(64), name: "hills.jpg", type: "image/jpeg", bytes: 1 };
const context = { seed: 7 } as CommandContext;

/** "2.4 million" in English and "240만" in Korean are one number; so are "138 million" and "1억 3,800만". */
const UNITS = {
  thousands: /(\d),(?=\d{3})/g,
  en: /(\d[\d.]*) (million|billion)/g,
  ko: /(?:(\d+)억 ?)?(?:(\d+)만)? ?(?=[개번장,])/g,
};

/** The numbers of a text, each once, in one notation. */
const numbersIn = (text: string): string[] => {
  const counted = text
    .replace(UNITS.thousands, "$1")
    .replace(UNITS.en, (_, count: string, unit: string) => `${Math.round(Number(count) * (unit === "million" ? 1e6 : 1e9))}`)
    .replace(UNITS.ko, (all, hundredMillions?: string, tenThousands?: string) =>
      hundredMillions || tenThousands ? `${Number(hundredMillions ?? 0) * 1e8 + Number(tenThousands ?? 0) * 1e4}` : all,
    );
  return [...new Set(counted.match(/\d+(?:\.\d+)?/g))].sort();
};

/** What a card's command means, with as many pictures as it takes. */
const meaningOf = async (input: string) => {
  for (const files of [[], [photo], [photo, photo]])
    try {
      const { path, args } = await understand({ input, files }, commands, context);
      return { path, args };
    } catch (error) {
      if (!(error instanceof UserError && error.mistake.code === "missing_image")) throw error;
    }
  throw new Error(`${input} wants more pictures than two`);
};

it("there is a card for each topic, and no other", () => {
  const named = readdirSync(new URL("../content/cards", import.meta.url)).map((it) => it.replace(/\.\w+\.md$/, ""));
  expect([...new Set(named)].sort()).toEqual([...cardTopics].sort());
});

it("a topic is typed as one word, which no other has", () => {
  for (const lang of languages) {
    const names = Object.values(topicNames).map((it) => it[lang]);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).not.toMatch(/\s/);
  }
});

describe.each(cardTopics)("the card of %s", (topic: CardTopic) => {
  const [en, ko] = [learningCard(topic, "en"), learningCard(topic, "ko")];

  it("is short, and has no marks that a reply does not know", () => {
    const words = en.text.split(/\s+/).length;
    expect(words).toBeGreaterThanOrEqual(105);
    expect(words).toBeLessThanOrEqual(185);
    for (const { text, title, question, why } of [en, ko])
      for (const it of [text, title, question, why]) expect(it.replace(/\*\*[^*]+\*\*|`[^`]+`/g, "")).not.toMatch(/[*_`#]/);
  });

  it("says the same in both languages: numbers, formulas, papers and related cards", () => {
    expect(numbersIn(ko.text)).toEqual(numbersIn(en.text));
    for (const key of ["formula", "math", "source", "checked", "see"] as const) expect(ko[key]).toEqual(en[key]);
    for (const key of ["right", "why", "question"] as const) expect(numbersIn(ko[key])).toEqual(numbersIn(en[key]));
  });

  it("names its paper with year and place in it, and a link", () => {
    expect(en.source).toMatch(/\b(?:19|20)\d\d\b/);
    expect(en.source).toMatch(/Fig\.|Table|Eq\.|Section|Algorithm|appendix/);
    expect(en.source).toMatch(/https:\/\/\S+$|https:\/\/\S+; /);
  });

  it("refers to others, not to itself", () => expect(en.see).not.toContain(topic));

  it("has a command that means the same in both languages", async () => {
    const meaning = await meaningOf(en.command);
    expect(await meaningOf(ko.command)).toEqual(meaning);
  });

  it("asks what has one right answer among four different ones, each short enough for a line", () => {
    for (const { right, wrong, question } of [en, ko]) {
      expect(question).toMatch(/[?？]$/);
      expect(new Set([right, ...wrong]).size).toBe(4);
      for (const it of [right, ...wrong]) expect(it.length).toBeLessThanOrEqual(80);
    }
  });

  it("is polite Korean", () => {
    for (const paragraph of ko.text.split("\n\n")) expect(paragraph).toMatch(/요(?:\([^)]*\))?[.?]$/);
  });
});
