import { readFileSync } from "node:fs";
import { z } from "zod";
import { type CardTopic, cardTopics } from "../../src/cardTopics.ts";
import type { Language, Text } from "../../src/text.ts";

const Filled = z.string().min(1);
/** "a | b | c" as a list. */
const listed = z.string().transform((it) => it.split("|").map((part) => part.trim()));

/** What stands above the text of a learning card, a line each. */
const FrontMatter = z.strictObject({
  title: Filled,
  /** As a chat can show it, and as TeX for a blog. */
  formula: Filled,
  math: Filled,
  /** Papers with year and figure, table or section. The same in every language. */
  source: Filled,
  /** What its figures were checked against, and what was not: for whoever changes it. The same in every language. */
  checked: Filled,
  /** What to try here, as it is typed. */
  command: Filled.startsWith("/"),
  see: z
    .string()
    .transform((it) => it.split(",").map((part) => part.trim()))
    .pipe(z.array(z.enum(cardTopics)).min(1)),
  /** What the quiz asks, with its right answer, wrong ones, and why. */
  question: Filled,
  right: Filled,
  wrong: listed.pipe(z.array(Filled).length(3)),
  why: Filled,
});

/** A card of one topic in one language: a short text with its formula, its source and a command to try. */
export type LearningCard = z.infer<typeof FrontMatter> & {
  /** Paragraphs with a blank line between them; marks are those of a reply. */
  text: string;
};

const FILE = /^---\n(?<front>[\s\S]+?)\n---\n\n(?<text>[\s\S]+)$/;

const keyed = (line: string): [string, string] => {
  const at = line.indexOf(": ");
  return [line.slice(0, at), line.slice(at + 2).trim()];
};

/** Reads a card's file: front matter of `key: value` lines, then the text. Throws where something is missing or unknown. */
export const parseCard = (file: string): LearningCard => {
  const { front = "", text = "" } = FILE.exec(file)?.groups ?? {};
  return { ...FrontMatter.parse(Object.fromEntries(front.split("\n").map(keyed))), text: text.trim() };
};

/** The card of a topic, from content/cards. Read when it is needed: it is short, and asked for rarely. */
export const learningCard = (topic: CardTopic, lang: Language): LearningCard =>
  parseCard(readFileSync(new URL(`../../content/cards/${topic}.${lang}.md`, import.meta.url), "utf8"));

/** Titles of more than 20 letters of one width, shortened for a button or a table on a phone. */
const shortTitles: Partial<Record<CardTopic, Text>> = {
  affine: { en: "Affine", ko: "아핀 변환" },
  "policy-search": { en: "Policy search", ko: "증강 정책 탐색" },
  "transfer-frozen": { en: "Frozen body", ko: "본체 고정" },
  "transfer-finetune": { en: "Fine-tuning", ko: "미세 조정" },
  distillation: { en: "KD with labels", ko: "KD, 라벨 있음" },
  "distillation-unlabelled": { en: "KD without labels", ko: "KD, 라벨 없음" },
  temperature: { en: "Temperature", ko: "온도" },
  "semi-supervised": { en: "Semi-supervised", ko: "준지도 학습" },
  "noisy-student": { en: "Noisy student", ko: "노이지 스튜던트" },
  efficientnet: { en: "EfficientNet", ko: "EfficientNet" },
};

/** A card's title where there is little room. */
export const shortTitle = (topic: CardTopic, lang: Language): string =>
  shortTitles[topic]?.[lang] ?? learningCard(topic, lang).title;
