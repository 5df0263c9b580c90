import { type Dataset, selectImages } from "../data/dataset.ts";
import { takePerClass } from "../data/labelSubset.ts";
import type { Setting } from "./experiment.ts";

/** The pictures of a comparison over numbers of labels: no others are decoded twice, looked at or kept. */
export interface TransferData {
  /** A data set of these pictures alone. */
  dataset: Dataset;
  /** Its training pictures that choices are made on; none where labels are few. */
  validation: Uint32Array;
  /** Labels a class, one comparison for each, in growing numbers; what was asked for, as far as there are labels and time. */
  counts: readonly number[];
  /** So many training pictures of each class, as indices of `dataset.train`. Those of a smaller number are among those of a larger. */
  labelled(count: number, seed: number): Uint32Array;
}

/** Up to so many labels a class, all are learned from and nothing is validated: one in ten would be a single picture. */
const FEW_LABELS = 20;
/** Of the pictures that a model can look at, so many are for learning; the rest are test pictures, and a quarter at least. */
const [LEARNING_SHARE, LEAST_TEST_SHARE] = [0.5, 0.25];
/**
 * Of the pictures that each network can be measured on, so many are for the ten points of its curve; the rest are test pictures, but never
 * so few that the accuracy would say nothing.
 */
const [CURVE_SHARE, CURVE_POINTS, LEAST_TEST, MAX_VALIDATION] = [0.4, 10, 500, 1_000];
/** The seed by which test pictures are chosen where there is no time for all. */
const TEST_SEED = 2015;

const all = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, i) => i);

const largestClass = (labels: ArrayLike<number>, pictures: Uint32Array): number => {
  const counts: number[] = [];
  for (const index of pictures) counts[labels[index] as number] = (counts[labels[index] as number] ?? 0) + 1;
  return Math.max(1, ...counts.filter((it) => it > 0));
};

/**
 * Chooses the pictures of a transfer run, in every class alike: at most about `looked` in all, which a model computes features of, and
 * about `measured` that each network is evaluated on.
 */
export const transferData = (
  { spec, dataset, train, validation: spared }: Pick<Setting<"transfer">, "spec" | "dataset" | "train" | "validation">,
  { looked: most, measured }: { looked: number; measured: number },
): TransferData => {
  const { classes, size, test } = dataset;
  const { labels } = dataset.train;
  const together = Uint32Array.from([...train, ...spared]).sort();
  const isFew = largestClass(labels, together) <= FEW_LABELS;
  const pool = isFew ? together : train;
  const seeds = Array.from({ length: spec.seeds }, (_, i) => spec.seed + i);
  const affordable = Math.max(1, Math.floor((LEARNING_SHARE * most) / (classes.length * seeds.length)));
  const limit = Math.min(largestClass(labels, pool), affordable);
  const wanted = spec.labels.length === 0 ? [limit] : spec.labels.map((it) => Math.min(it, limit));
  const counts = [...new Set(wanted)].sort((a, b) => a - b);

  const taken = (count: number, seed: number) => takePerClass(pool, labels, count, seed);
  const learned = seeds.flatMap((seed) => [...taken(counts.at(-1) as number, seed)]);
  const curve = Math.min(MAX_VALIDATION, (CURVE_SHARE * measured) / CURVE_POINTS, most / 10);
  const validation = isFew ? new Uint32Array() : spared.subarray(0, Math.ceil(curve));
  const kept = Uint32Array.from(new Set([...learned, ...validation])).sort();
  const places = new Map(Array.from(kept, (index, place) => [index, place] as const));
  const placesOf = (indices: Uint32Array) => indices.map((index) => places.get(index) as number);
  const room = Math.min(
    Math.max(most - kept.length, LEAST_TEST_SHARE * most),
    Math.max(LEAST_TEST, (1 - CURVE_SHARE) * measured),
  );
  const tested = Math.ceil(room / classes.length);
  return {
    counts,
    dataset: {
      ...dataset,
      train: kept.length === labels.length ? dataset.train : selectImages(dataset.train, size, kept),
      test:
        tested * classes.length >= test.count
          ? test
          : selectImages(test, size, takePerClass(all(test.count), test.labels, tested, TEST_SEED).sort()),
    },
    validation: placesOf(validation),
    labelled: (count, seed) => placesOf(taken(count, seed)),
  };
};
