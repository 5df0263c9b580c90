import { readFileSync } from "node:fs";
import type { Language } from "../text.ts";
import { cifar10 } from "./cifar10.ts";
import type { Prediction } from "./prediction.ts";
import { shapes } from "./shapes.ts";

const file = new URL("../../content/imagenet/names.ko.txt", import.meta.url);

/** ImageNet's classes in their order: each with its synset, in English and in Korean. */
export const readImagenetNames = (): readonly { synset: string; en: string; ko: string }[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [synset = "", en = "", ko = ""] = line.split("\t");
      return { synset, en, ko };
    });
let imagenet: ReturnType<typeof readImagenetNames> | undefined;

/** Data sets of few classes by their names: the same words in the same order, in English and in Korean. */
const small: Readonly<Record<string, { classes: readonly string[]; ko: readonly string[] } | undefined>> = { cifar10, shapes };

/**
 * How a class is called for somebody: in Korean where it is one of CIFAR-10, of `shapes` or of ImageNet, which is known by its place among
 * the model's classes as well as by its name, since a peer's model may call something else "orange". Data for programs keeps the model's
 * own names.
 */
export const shownLabel = ({ index, label }: Pick<Prediction, "index" | "label">, lang: Language): string => {
  if (lang === "en") return label;
  const ko = Object.values(small).find((it) => it?.classes[index] === label)?.ko[index];
  if (ko) return ko;
  imagenet ??= readImagenetNames();
  // Models with TensorFlow's "background" in front are one further.
  return [imagenet[index], imagenet[index - 1]].find((it) => it?.en === label)?.ko ?? label;
};

/** Predictions with their classes as they are called for somebody. */
export const shownTop = <P extends Prediction>(top: readonly P[], lang: Language): P[] =>
  top.map((it) => ({ ...it, label: shownLabel(it, lang) }));

/** How a class of a data set is called for somebody, by the data set's name. */
export const shownClass = (data: string | undefined, label: string, lang: Language): string =>
  shownLabel({ index: small[data ?? ""]?.classes.indexOf(label) ?? -1, label }, lang);
