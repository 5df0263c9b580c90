import { UserError } from "../errors.ts";
import type { Card } from "./card.ts";

/** Other words for classes of CIFAR-10. Not "plane", which is a tool in ImageNet. */
const synonyms: Readonly<Record<string, string>> = { aeroplane: "airplane", car: "automobile" };

/** Classes that a message lists before it breaks off. */
const MAX_LISTED = 5;

/** A word, and what its singular may be: of "horses" horse and hors. None of "glass", "bus" or "iris". */
const singulars = (word: string): string[] => [
  word,
  ...(word.length > 3 && /[^aious]s$/.test(word) ? [word.slice(0, -1)] : []),
  ...(/(s|x|z|ch|sh)es$/.test(word) ? [word.slice(0, -2)] : []),
  ...(word.length > 4 && /[^aeiou]ies$/.test(word) ? [`${word.slice(0, -3)}y`] : []),
];

/** A name as it is compared where none is the same: without case, spaces, hyphens and underscores, in its possible singulars. */
const looseNames = (name: string): string[] => {
  const words = name
    .normalize("NFC")
    .toLowerCase()
    .split(/[\s_-]+/)
    .filter((it) => it !== "");
  const before = words.slice(0, -1).join("");
  return singulars(words.at(-1) ?? "").map((last) => synonyms[before + last] ?? before + last);
};

/**
 * For each of the data's classes, its index among the model's: the same name, or else one that differs only in case, spaces,
 * underscores and plural. No two classes of the data share one of the model's, and nothing ambiguous is guessed. -1 for those it has not.
 */
export const findClasses = (known: readonly string[], classes: readonly string[]): number[] => {
  const exact = classes.map((name) => known.indexOf(name));
  const taken = new Set(exact.filter((index) => index >= 0));
  const byLooseName = new Map<string, Set<number>>();
  for (const [index, name] of known.entries()) {
    if (taken.has(index)) continue;
    for (const key of looseNames(name)) byLooseName.set(key, (byLooseName.get(key) ?? new Set()).add(index));
  }
  return exact.map((index, it) => {
    if (index >= 0) return index;
    const alike = new Set(looseNames(classes[it] as string).flatMap((key) => [...(byLooseName.get(key) ?? [])]));
    const [found, ...more] = alike;
    if (found === undefined || more.length > 0 || taken.has(found)) return -1;
    taken.add(found);
    return found;
  });
};

/**
 * As `findClasses`, for a model that has to know every class of the data set called `data`, to teach it or to be tested on it. Throws the
 * UserError `teacher_classes` or `tested_classes`, which lists those it does not know.
 */
export const mapClasses = (
  { name, classes: known }: Pick<Card, "name" | "classes">,
  classes: readonly string[],
  data: string,
  to: "teach" | "test" = "teach",
): number[] => {
  const mapped = findClasses(known, classes);
  const missing = classes.filter((_, it) => (mapped[it] as number) < 0);
  if (missing.length === 0) return mapped;
  const listed = [...missing.slice(0, MAX_LISTED), ...(missing.length > MAX_LISTED ? ["…"] : [])];
  throw to === "teach"
    ? new UserError("teacher_classes", { teacher: name, data, missing: listed })
    : new UserError("tested_classes", { model: name, data, missing: listed });
};
