import { UserError } from "../errors.ts";
import { wellFormed } from "../text.ts";

const MAX_LENGTH = 40;
/** Controls, formats, turns of direction and fillers: everything that takes part in a name without being seen, or moves the rest. */
const UNSEEN = /[\p{C}\p{Default_Ignorable_Code_Point}\u2800]/gu;
/** They only choose between a coloured and a plain picture, and phones put them behind every heart. */
const PICTURE_STYLE = /[\ufe0e\ufe0f]/g;

/**
 * Latin, Cyrillic and Greek letters that pass for a Latin one, in capitals or small, by what they pass for; from Unicode's
 * confusables.txt (UTS #39). Other scripts have some too, which are left out: each letter here costs a mark somewhere.
 */
const lookAlikes = Object.entries({
  a: "аАΑαɑᴀ",
  b: "ьЬвВΒβʙƀ",
  c: "сСϲϹᴄ",
  d: "ԁᴅ",
  e: "еЕΕεєҽᴇ",
  g: "ɡԍ",
  h: "һҺнНΗʜ",
  j: "јЈϳ",
  k: "кКΚκᴋ",
  l: "iI1|!ıіІӏӀΙιłƚʟ",
  m: "мМΜᴍ",
  n: "пΝηɴ",
  o: "0оОΟοσøØᴏ",
  p: "рРΡρᴘ",
  q: "ԛ",
  r: "гʀ",
  s: "ѕЅꜱ",
  t: "тТΤτᴛ",
  u: "υᴜ",
  v: "νѵᴠ",
  w: "ԝѡᴡ",
  x: "хХΧχ",
  y: "уУΥγүҮʏ",
  z: "Ζᴢ",
}).flatMap(([latin, others]) => [...others].map((it) => [it, latin] as const));
const latinOf: ReadonlyMap<string, string> = new Map(lookAlikes);

/** What two names share that look alike: no case, width, accents, spaces or punctuation, and one letter for all that pass for it. */
export const keyOf = (name: string): string => {
  const plain = name
    .normalize("NFKC")
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "");
  const folded = [...plain].map((it) => latinOf.get(it) ?? it.toLowerCase()).join("");
  // "İ" and the like have a mark or a look-alike only once they are small.
  const letters = [...folded.normalize("NFD")].map((it) => latinOf.get(it) ?? it).join("");
  const merged = letters.replaceAll("rn", "m").replaceAll("vv", "w");
  return merged.replace(/[\u0300-\u036f]|[\p{P}\p{Z}]/gu, "") || merged;
};

const bots = ["Peerlab", "피어랩"].map(keyOf);
const tidied = (name: string) => wellFormed(name).normalize("NFC").replace(PICTURE_STYLE, "").trim();

/** A name as a visitor typed it, in the form in which it is shown. A `UserError` when it passes for the bot or cannot be seen. */
export const checkedName = (typed: string): string => {
  const name = tidied(typed);
  const refuse = (why: "bots" | "unseen" | "no_letters" | "long"): never => {
    throw new UserError("bad_name", { why });
  };
  if (name.search(UNSEEN) >= 0) refuse("unseen");
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(name) || /\p{M}{4}/u.test(name)) refuse("no_letters");
  if ([...name].length > MAX_LENGTH) refuse("long");
  if (bots.some((it) => keyOf(name).includes(it))) refuse("bots");
  return name.replace(/\s+/g, " ");
};

/** The name of somebody whom we trust, as at a terminal: what cannot be seen is left out instead of refused. */
export const cleanedName = (said: string): string => {
  const name = tidied(said.replace(UNSEEN, "")).replace(/\s+/g, " ");
  if (name === "") throw new UserError("bad_name", { why: "no_letters" });
  return [...name].slice(0, MAX_LENGTH).join("");
};

/** The name itself, then "name (2)", "name (3)" …, each with its key: the first that is free is taken. */
export function* spellings(name: string): Generator<{ name: string; key: string }> {
  yield { name, key: keyOf(name) };
  for (let count = 2; ; count++) {
    const mark = ` (${count})`;
    const marked = `${[...name]
      .slice(0, MAX_LENGTH - mark.length)
      .join("")
      .trimEnd()}${mark}`;
    yield { name: marked, key: keyOf(marked) };
  }
}
