import { type Dataset, type LabelledImages, selectImages } from "../data/dataset.ts";
import { measureNormalisation } from "../data/photos.ts";
import { UserError } from "../errors.ts";
import { openTeacher } from "../inference/teacher.ts";
import type { RunModel } from "./experiment.ts";

/** Pictures that a student can learn anything from, and be tested on. */
export const LEAST_PICTURES = 10;
/** One picture in so many is kept for testing. */
const TEST_EVERY = 5;
/** A label is kept in a byte. */
const MOST_CLASSES = 256;

const argmaxOf = (scores: Float32Array): number => scores.indexOf(scores.reduce((a, b) => Math.max(a, b)));

/**
 * Pictures without labels as a data set of what a teacher calls them: its classes are those that the teacher finds likeliest in at least
 * one of them, and its labels are the teacher's. So a student's accuracy on it is how often it agrees with its teacher about pictures that
 * it has not learned from. Throws the UserErrors `too_few_unlabelled`, and `one_kind` where the teacher sees the same in all of them.
 */
export const taughtDataset = async (
  images: LabelledImages,
  teacher: RunModel,
  { name, size, signal }: { name: string; size: number; signal?: AbortSignal },
): Promise<Dataset> => {
  const { count } = images;
  if (count < LEAST_PICTURES) throw new UserError("too_few_unlabelled", { got: count, least: LEAST_PICTURES });
  const known = teacher.card.classes;
  const opened = await openTeacher(teacher, { classes: known, data: name, size });
  const logits = await opened.logits(images.pixels).finally(opened.close);
  signal?.throwIfAborted();
  const seen = Array.from({ length: count }, (_, i) => argmaxOf(logits.subarray(i * known.length, (i + 1) * known.length)));
  const found = [...new Set(seen)].sort((a, b) => a - b).slice(0, MOST_CLASSES);
  const classes = found.map((index) => known[index] as string);
  if (found.length < 2) throw new UserError("one_kind", { teacher: teacher.card.name, label: classes[0] ?? "" });
  const labelled = seen.map((index, picture) => ({ picture, label: found.indexOf(index) })).filter((it) => it.label >= 0);
  const side = (isTest: boolean): LabelledImages => {
    const own = labelled.filter((_, i) => (i % TEST_EVERY === 0) === isTest);
    const selected = selectImages(
      images,
      size,
      own.map((it) => it.picture),
    );
    selected.labels.set(own.map((it) => it.label));
    return selected;
  };
  const [train, test] = [side(false), side(true)];
  return { name, size, classes, normalisation: measureNormalisation(train), train, test };
};
