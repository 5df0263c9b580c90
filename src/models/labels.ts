import mobilenet from "@tensorflow-models/mobilenet/dist/imagenet_classes.js";
import { UserError } from "../errors.ts";

/** ImageNet calls two pairs of classes the same; these say which is meant. */
const told: Readonly<Record<number, string>> = { 134: "crane (bird)", 517: "crane (machine)", 639: "tank suit" };

/** The 1000 classes of ILSVRC 2012 in synset order, each by its first name: "Egyptian cat". The list comes from Google's npm package. */
const imagenet = (): string[] =>
  Object.values(mobilenet.IMAGENET_CLASSES).map((names, index) => told[index] ?? names.split(",")[0] ?? names);

const sets = {
  imagenet,
  cifar10: () => ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
} satisfies Readonly<Record<string, () => string[]>>;

/** The class lists that peers need not attach. */
export const labelSets = Object.keys(sets) as (keyof typeof sets)[];
export type LabelSet = keyof typeof sets;

/** A known set. Models trained with TensorFlow's 1001st class get their "background" in front. */
export const labelsOf = (set: LabelSet, classes: number): string[] =>
  set === "imagenet" && classes === 1001 ? ["background", ...imagenet()] : sets[set]();

const MAX_CLASSES = 25_000; // ImageNet-21k and a little more

/** An attached list: one class a line, or a JSON array of names. */
export const labelsIn = (bytes: Uint8Array): string[] => {
  const text = new TextDecoder().decode(bytes).replace(/^\uFEFF/, "");
  const names = text.trimStart().startsWith("[")
    ? arrayIn(text)
    : text
        .trimEnd()
        .split(/\r?\n/)
        .map((it) => it.trim());
  if (names.length < 2 || names.length > MAX_CLASSES || names.some((it) => it === "" || it.length > 200))
    throw new UserError("bad_labels", {});
  return names;
};

const arrayIn = (text: string): string[] => {
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list) && list.every((it) => typeof it === "string")) return list.map((it) => it.trim());
  } catch (cause) {
    throw new UserError("bad_labels", {}, { cause });
  }
  throw new UserError("bad_labels", {});
};
