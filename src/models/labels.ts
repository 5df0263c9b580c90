import mobilenet from "@tensorflow-models/mobilenet/dist/imagenet_classes.js";
import { UserError } from "../errors.ts";
import { megabytes } from "../numbers.ts";
import { cifar10 } from "./cifar10.ts";

/** ImageNet calls two pairs of classes the same; these tell them apart. */
const disambiguated: Readonly<Record<number, string>> = { 134: "crane (bird)", 517: "crane (machine)", 639: "tank suit" };

/** The 1000 classes of ILSVRC 2012 in synset order, each by its first name: "Egyptian cat". The list comes from Google's npm package. */
const imagenet = (): string[] =>
  Object.values(mobilenet.IMAGENET_CLASSES).map((names, index) => disambiguated[index] ?? names.split(",")[0] ?? names);

const sets = {
  imagenet,
  cifar10: () => [...cifar10.classes],
} satisfies Readonly<Record<string, () => string[]>>;

/** The class lists that peers need not attach. */
export const labelSets = Object.keys(sets) as (keyof typeof sets)[];
export type LabelSet = keyof typeof sets;

/** A known set. Models trained with TensorFlow's 1001st class get their "background" in front. */
export const labelsOf = (set: LabelSet, classes: number): string[] =>
  set === "imagenet" && classes === 1001 ? ["background", ...imagenet()] : sets[set]();

const MAX_CLASSES = 25_000; // ImageNet-21k and a little more
const MAX_MB = 2; // ImageNet-21k's names are 0.4 MB; a card travels with every job that asks its model

/** Passes class names on that can be shown and kept: none empty, endless, or with control characters in it. Throws for others. */
export const checkLabels = (names: readonly string[]): readonly string[] => {
  const bytes = names.reduce((sum, it) => sum + Buffer.byteLength(it), 0);
  if (bytes > MAX_MB * 1e6) throw new UserError("labels_too_long", { gotMb: megabytes(bytes), maxMb: MAX_MB });
  if (names.length > MAX_CLASSES || names.some((it) => it === "" || it.length > 200 || /[\p{Cc}\p{Cs}]/u.test(it)))
    throw new UserError("bad_labels", {});
  return names;
};

/** UTF-16 where the file's first two bytes say so, as Windows' editors write it; else UTF-8. */
const decodeText = (bytes: Uint8Array): string => {
  const mark = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  return new TextDecoder(mark === 0xfffe ? "utf-16le" : mark === 0xfeff ? "utf-16be" : "utf-8").decode(bytes);
};

/** An attached list: one class a line, or a JSON array of names. */
export const labelsIn = (bytes: Uint8Array): readonly string[] => {
  const gotMb = megabytes(bytes.length);
  if (gotMb > 2 * MAX_MB) throw new UserError("labels_too_long", { gotMb, maxMb: MAX_MB }); // UTF-16 takes twice the room
  const text = decodeText(bytes);
  const names = text.trimStart().startsWith("[")
    ? arrayIn(text)
    : text
        .trimEnd()
        .split(/\r?\n/)
        .map((it) => it.trim());
  if (names.length < 2) throw new UserError("bad_labels", {});
  return checkLabels(names);
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
