import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lessonText } from "../commands/parts/lessonTexts.ts";
import { lessonTopics } from "../src/runs/kinds/lesson.ts";
import { languages } from "../src/text.ts";

const files = readdirSync(new URL("../content", import.meta.url), { recursive: true, encoding: "utf8" });

it("every text is there in every language", () => {
  const texts = files.filter((it) => it.endsWith(".md"));
  const names = new Set(texts.map((it) => it.replace(/\.\w+\.md$/, "")));
  expect([...texts].sort()).toEqual([...names].flatMap((name) => languages.map((lang) => `${name}.${lang}.md`)).sort());
});

describe.each(lessonTopics)("the lesson %s", (topic) => {
  it.each(languages)("asks, explains in a few sentences and names its papers (%s)", (lang) => {
    const { question, explanation, source } = lessonText(topic, lang);
    expect(question).toMatch(/\?$/);
    expect(question).not.toContain("\n");
    const sentences = explanation.match(/[.?](?=\s|$)/g) ?? [];
    expect(sentences.length).toBeGreaterThanOrEqual(3);
    expect(sentences.length).toBeLessThanOrEqual(7);
    expect(source).toMatch(/\b(19|20)\d\d, https:\/\/\S+$/);
    // A reply knows bold and code, and no other marks.
    expect(explanation.replace(/\*\*[^*]+\*\*/g, "")).not.toMatch(/[*_`#]/);
    if (lang === "ko") for (const text of [question, explanation]) expect(text).toMatch(/[가-힣]요[.?]$/);
  });

  it("has the same papers in both languages", () => {
    const [en, ko] = languages.map((lang) => lessonText(topic, lang).source.match(/https:\/\/[^\s;]+/g));
    expect(en).toEqual(ko);
  });
});

it("no lesson has texts without being one", () => {
  const named = files.filter((it) => it.startsWith("lessons/")).map((it) => it.replace(/^lessons\/(.*)\.\w+\.md$/, "$1"));
  expect([...new Set(named)].sort()).toEqual([...lessonTopics].sort());
});
