import { readFileSync } from "node:fs";

const file = new URL("../../content/imagenet/hypernyms.txt", import.meta.url);

/** A name as it is compared: "Cocker_Spaniel" is "cocker spaniel". */
const plain = (name: string): string => name.toLowerCase().replaceAll("_", " ");

/** For each class of ImageNet, as it is called and as names are compared, the names of everything it is a kind of, the nearest first. */
const read = (): ReadonlyMap<string, readonly string[]> => {
  const lines = readFileSync(file, "utf8").split("\n");
  const classes = lines
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [, name = "", kinds = ""] = line.split("\t");
      return { name, kinds: kinds === "" ? [] : kinds.split(/[;,] /).map(plain) };
    });
  // A Cardigan is a dog and a cardigan is a garment, so a name as it is written goes first.
  return new Map([
    ...classes.map(({ name, kinds }) => [plain(name), kinds] as const),
    ...classes.map(({ name, kinds }) => [name, kinds] as const),
  ]);
};
let known: ReturnType<typeof read> | undefined;

/** What a class of ImageNet is a kind of, by WordNet: "spaniel", …, "dog", … of "cocker spaniel". Nothing of other names. */
export const kindsOf = (label: string): readonly string[] => {
  known ??= read();
  return known.get(label) ?? known.get(plain(label)) ?? [];
};

/**
 * What a label is called in few words: the most general kind of it among `words`, "dog" for "cocker spaniel" beside models that know ten
 * things; else the label itself.
 */
export const commonName = (label: string, words: ReadonlySet<string>): string => {
  const byPlain = new Map([...words].map((word) => [plain(word), word]));
  const general = kindsOf(label).findLast((kind) => byPlain.has(kind));
  return general === undefined ? label : (byPlain.get(general) as string);
};
