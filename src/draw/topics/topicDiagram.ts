import type { Language } from "../../text.ts";
import type { Block } from "../blocks.ts";

/** What a card's drawn figure shows, in words and as blocks below each other. */
export type TopicDiagram = (lang: Language) => {
  title: string;
  subtitle?: string;
  blocks: readonly Block[];
  caption: string;
};
