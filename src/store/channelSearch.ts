import { and, or, type SQL, sql } from "drizzle-orm";
import { deliveries, messages, requests } from "./schema.ts";

/** More words than this nobody types. */
const MOST_WORDS = 8;

/** What is looked for, as the words that all have to occur, in any case of their letters. */
export const searchedWords = (text: string): string[] =>
  text.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);

/** Any text with this word in it; `%`, `_` and `\` stand for themselves. */
const holding = (word: string) => `%${word.replace(/[\\%_]/g, "\\$&")}%`;

/** Whether all words occur in a row of history: in what a peer said or asked, in the answer below it, or in a post. */
export const holdsWords = (words: readonly string[]): SQL | undefined => {
  const texts = [messages.text, sql`${requests.reply}->>'text'`, sql`${deliveries.reply}->>'text'`];
  return or(...texts.map((text) => and(...words.map((word) => sql`${text} ilike ${holding(word)}`))));
};
