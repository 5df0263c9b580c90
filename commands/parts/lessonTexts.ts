import { readFileSync } from "node:fs";
import type { LessonTopic } from "../../src/runs/kinds/lesson.ts";
import type { Language } from "../../src/text.ts";

/** What a lesson says in words. */
export interface LessonText {
  /** What it asks, in one sentence. */
  question: string;
  /** What is known about it, in a few sentences. */
  explanation: string;
  /** Where that comes from, with its link. */
  source: string;
}

/**
 * The texts of a lesson in a language, from content/lessons: a heading that asks, a paragraph that explains, and one that names the papers.
 * Read when they are needed: they are short, and lessons are rare.
 */
export const lessonText = (topic: LessonTopic, lang: Language): LessonText => {
  const text = readFileSync(new URL(`../../content/lessons/${topic}.${lang}.md`, import.meta.url), "utf8");
  const [question = "", explanation = "", source = ""] = text.trim().split(/\n\s*\n/);
  return { question: question.replace(/^#\s*/, ""), explanation, source };
};
