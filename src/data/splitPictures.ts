import { UserError } from "../errors.ts";
import { shuffled } from "../random.ts";
import { type LabelledPicture, MAX_CLASSES } from "./dataSource.ts";

/** A picture whose class somebody has said. */
export type Labelled = LabelledPicture & { label: string };

/** Where nobody has said, one picture of a class in so many is a test picture, and at least one. */
const TEST_EVERY = 5;

/** Pictures a class needs: one to train on, one to test with. */
const MIN_PER_CLASS = 2;

/** Those whose class somebody has said. */
const labelledOf = (pictures: readonly LabelledPicture[]): Labelled[] =>
  pictures.filter((it): it is Labelled => it.label !== null);

/** The classes in alphabetical order, each with its pictures. */
export const classesOf = (pictures: readonly LabelledPicture[]): { name: string; pictures: Labelled[] }[] => {
  const classes = new Map<string, Labelled[]>();
  for (const it of labelledOf(pictures)) {
    const own = classes.get(it.label);
    if (own) own.push(it);
    else classes.set(it.label, [it]);
  }
  return [...classes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, own]) => ({ name, pictures: own }));
};

/**
 * Refuses classes that nothing can be learned from: throws the UserErrors `too_few_labels` unless there are two and each has two pictures,
 * and `too_many_classes`.
 */
export const demandClasses = (classes: ReturnType<typeof classesOf>): void => {
  if (classes.length < 2 || classes.some((it) => it.pictures.length < MIN_PER_CLASS))
    throw new UserError("too_few_labels", { counts: classes.map((it) => ({ name: it.name, count: it.pictures.length })) });
  if (classes.length > MAX_CLASSES) throw new UserError("too_many_classes", { got: classes.length, most: MAX_CLASSES });
};

const byHash = <P extends LabelledPicture>(pictures: readonly P[]): P[] =>
  pictures.toSorted((a, b) => (a.blob < b.blob ? -1 : 1));

/**
 * The two sides of one class. A picture stays where it was put; the others are split by their hashes, so that nearly all of them stay on
 * their side when the class grows. A side that would be empty gets one of those that were not put anywhere.
 */
export const splitClass = <P extends LabelledPicture>(pictures: readonly P[]): { train: P[]; test: P[] } => {
  const put = (side: "train" | "test") => pictures.filter((it) => it.split === side);
  const free = byHash(pictures.filter((it) => it.split === undefined));
  const [train, test] = [put("train"), put("test")];
  const least = test.length === 0 ? 1 : 0;
  const most = free.length - (train.length === 0 ? 1 : 0);
  const count = Math.max(0, Math.min(most, Math.max(least, Math.floor(free.length / TEST_EVERY))));
  return { train: byHash([...train, ...free.slice(count)]), test: byHash([...test, ...free.slice(0, count)]) };
};

/**
 * Puts a share (0..1) of each class's pictures into the test split and the others into the training split: the same for the same pictures
 * and seed. A class with two pictures or more has one on each side, and the only picture of one is trained on.
 */
export const drawSplit = (
  pictures: readonly LabelledPicture[],
  { share, seed }: { share: number; seed: number },
): { blob: string; split: "train" | "test" }[] =>
  classesOf(pictures).flatMap(({ pictures: own }) => {
    const ordered = byHash(own);
    const wanted = Math.round(ordered.length * share);
    const count = ordered.length < 2 ? 0 : Math.min(ordered.length - 1, Math.max(1, wanted));
    return Array.from(shuffled(ordered.length, seed), (index, position) => ({
      blob: (ordered[index] as Labelled).blob,
      split: position < count ? ("test" as const) : ("train" as const),
    }));
  });
