/** So many characters stand before what was found, and in all. */
const [BEFORE, WHOLE] = [30, 140];

/** A piece of a text, and whether it is what was looked for. */
export interface SnippetPart {
  text: string;
  found: boolean;
}

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The part of a text around the first of some words, with every one of them marked. */
export const snippetOf = (text: string, searched: string): SnippetPart[] => {
  const line = text.normalize("NFC").replace(/\s+/g, " ").trim();
  const words = searched.normalize("NFC").split(/\s+/).filter(Boolean);
  const pattern = words.length > 0 ? new RegExp(`(${words.map(escaped).join("|")})`, "giu") : undefined;
  const first = pattern ? Math.max(0, line.search(pattern)) : 0;
  const from = first <= BEFORE ? 0 : first - BEFORE;
  const shown = line.slice(from, from + WHOLE);
  const whole = `${from > 0 ? "…" : ""}${shown}${from + WHOLE < line.length ? "…" : ""}`;
  const parts = pattern ? whole.split(pattern) : [whole];
  return parts.map((part, index) => ({ text: part, found: index % 2 === 1 })).filter((it) => it.text !== "");
};
