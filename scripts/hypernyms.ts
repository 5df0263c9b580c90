import { readFileSync } from "node:fs";
import { labelsOf } from "../src/models/labels.ts";

/**
 * `node --import tsx scripts/hypernyms.ts DATA_NOUN SYNSETS > content/imagenet/hypernyms.txt`: what each of ImageNet's thousand classes is a
 * kind of. DATA_NOUN is WordNet 3.0's `dict/data.noun` (npm pack WNdb@3.0.1), whose offsets ImageNet's ids are; SYNSETS has a line for each
 * class that begins with its id, in the order of the classes.
 */
const [dataNoun = "", synsets = ""] = process.argv.slice(2);
/** Above this share of all classes a word groups nothing: "artifact", "object". */
const TOO_GENERAL = 0.3;

/** A line of data.noun: offset, …, number of words in hexadecimal, words with a sense each, number of pointers, pointers. See wndb(5WN). */
const nouns = new Map(
  readFileSync(dataNoun, "latin1")
    .split("\n")
    .filter((line) => /^\d{8} /.test(line))
    .map((line) => {
      const [offset = "", , , count = "0", ...rest] = line.split(" | ")[0]?.split(" ") ?? [];
      const words = Number.parseInt(count, 16);
      const names = rest.filter((_, i) => i < 2 * words && i % 2 === 0).map((it) => it.replaceAll("_", " "));
      const pointers = rest.slice(2 * words + 1);
      const parents = pointers.filter((_, i) => i % 4 === 1 && /^@i?$/.test(pointers[i - 1] ?? ""));
      return [offset, { names, parents }] as const;
    }),
);

/** Everything above a synset, the nearest first. */
const above = (offset: string): string[] => {
  const found: string[] = [];
  for (let level = nouns.get(offset)?.parents ?? []; level.length > 0; ) {
    found.push(...level.filter((it) => !found.includes(it)));
    level = level.flatMap((it) => nouns.get(it)?.parents ?? []);
  }
  return found;
};

const ids = readFileSync(synsets, "utf8")
  .trim()
  .split("\n")
  .map((line) => line.slice(0, 9));
const classes = labelsOf("imagenet", ids.length);
const chains = ids.map((id) => above(id.slice(1)));
const covers = new Map<string, number>();
for (const it of chains.flat()) covers.set(it, (covers.get(it) ?? 0) + 1);

console.log("# What ImageNet's classes are kinds of, nearest first: the hypernyms of WordNet 3.0 (Princeton University, 2006,");
console.log("# https://wordnet.princeton.edu/license-and-commercial-use). Made by scripts/hypernyms.ts.");
for (const [index, id] of ids.entries()) {
  const kinds = chains[index]?.filter((it) => (covers.get(it) ?? 0) <= TOO_GENERAL * ids.length) ?? [];
  console.log(`${id}\t${classes[index]}\t${kinds.map((it) => nouns.get(it)?.names.join(", ")).join("; ")}`);
}
