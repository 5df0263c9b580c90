import { UserError } from "../errors.ts";
import type { Dataset } from "./dataset.ts";
import { decodePhotos, measureNormalisation } from "./photos.ts";

/** One of the group's pictures, and the class that a peer gave it. */
export interface LabelledUpload {
  blob: string;
  label: string;
}

/** Of each class, one picture in so many is a test picture, and at least one. */
const TEST_EVERY = 5;
/** Pictures a class needs: one to train on, one to test with. */
const MIN_PER_CLASS = 2;

/** Splits a class by its pictures' hashes, so that nearly all of them stay on their side when the class grows. */
const split = (pictures: readonly LabelledUpload[]): { test: LabelledUpload[]; train: LabelledUpload[] } => {
  const order = pictures.toSorted((a, b) => (a.blob < b.blob ? -1 : 1));
  const count = Math.max(1, Math.floor(order.length / TEST_EVERY));
  return { test: order.slice(0, count), train: order.slice(count) };
};

/**
 * The group's own labelled pictures as a data set. `read` gives a picture's bytes; each is cut to a square of `size` pixels around its
 * middle. Classes are in alphabetical order. Throws the UserError `too_few_labels` unless there are two classes and each has two
 * pictures.
 */
export const readUploads = async (
  labelled: readonly LabelledUpload[],
  read: (blob: string) => Promise<Uint8Array>,
  size: number,
): Promise<Dataset> => {
  const classes = [...new Set(labelled.map((it) => it.label))].sort();
  const groups = classes.map((name) => labelled.filter((it) => it.label === name));
  if (classes.length < 2 || groups.some((it) => it.length < MIN_PER_CLASS)) {
    const counts = groups.map((it, label) => ({ name: classes[label] as string, count: it.length }));
    throw new UserError("too_few_labels", { counts });
  }
  const parts = groups.map(split);
  const open = (side: "train" | "test") =>
    decodePhotos(
      parts.flatMap((it, label) => it[side].map(({ blob }) => ({ label, bytes: () => read(blob) }))),
      size,
    );
  const train = await open("train");
  return { name: "uploads", size, classes, normalisation: measureNormalisation(train), train, test: await open("test") };
};
