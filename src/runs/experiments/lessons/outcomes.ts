import type { ArmResult } from "../../experiment.ts";

/** A figure over the seeds: mean, the sample's standard deviation (0 of a single seed), and how many. */
export interface Measure {
  mean: number;
  std: number;
  n: number;
}

/** What became of an arm. Accuracies, 0 to 1: on the test pictures, and on those it learned from. */
export interface Outcome {
  accuracy: Measure;
  trainAccuracy: Measure;
}

/** By the name of the arm, in the order in which they were trained. */
export type Outcomes = Readonly<Record<string, Outcome>>;

/** The mean and the spread of some figures; at least one. */
export const measureOf = (values: readonly number[]): Measure => {
  const n = values.length;
  const mean = values.reduce((sum, it) => sum + it, 0) / n;
  const squares = values.reduce((sum, it) => sum + (it - mean) ** 2, 0);
  return { mean, std: n > 1 ? Math.sqrt(squares / (n - 1)) : 0, n };
};

/** The outcome of every arm over its seeds. */
export const outcomesOf = (results: readonly ArmResult[]): Outcomes => {
  const names = [...new Set(results.map(({ arm }) => arm.name))];
  const of = (name: string, read: (result: ArmResult) => number) =>
    measureOf(results.filter(({ arm }) => arm.name === name).map(read));
  return Object.fromEntries(
    names.map((name) => [
      name,
      { accuracy: of(name, ({ test }) => test.accuracy), trainAccuracy: of(name, ({ trainAccuracy }) => trainAccuracy) },
    ]),
  );
};

/** The arm of this name, which the lesson has. */
export const outcomeOf = (outcomes: Outcomes, name: string): Outcome => {
  const outcome = outcomes[name];
  if (!outcome) throw new Error(`Expected an outcome of ${name}, got those of ${Object.keys(outcomes).join(", ")}`);
  return outcome;
};

/** With a single seed, shares that lie closer than this say nothing: seeds alone move small networks by about a point. */
const ONE_SEED = 0.015;
/** However well the seeds agree: a point is 10 of 1,000 test pictures. */
const LEAST = 0.005;

/** Whether a figure is higher than another by more than chance: 1, or lower: -1, or neither: 0. */
export const compare = (a: Measure, b: Measure): 1 | 0 | -1 => {
  const spread = Math.min(a.n, b.n) > 1 ? Math.max(LEAST, a.std, b.std) : ONE_SEED;
  const difference = a.mean - b.mean;
  return Math.abs(difference) <= spread ? 0 : difference > 0 ? 1 : -1;
};
