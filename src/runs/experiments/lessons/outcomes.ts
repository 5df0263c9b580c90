import { spreadOf } from "../../../numbers.ts";
import type { ArmResult } from "../../experiment.ts";
import type { Spread } from "../../report.ts";

/** What became of an arm. Accuracies, 0 to 1: on the test pictures, and on those it learned from. */
export interface Outcome {
  accuracy: Spread;
  trainAccuracy: Spread;
}

/** By the name of the arm, in the order in which they were trained. */
export type Outcomes = Readonly<Record<string, Outcome>>;

/** The outcome of every arm over its seeds. */
export const outcomesOf = (results: readonly ArmResult[]): Outcomes => {
  const names = [...new Set(results.map(({ arm }) => arm.name))];
  const of = (name: string, read: (result: ArmResult) => number) =>
    spreadOf(results.filter(({ arm }) => arm.name === name).map(read));
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
export const compare = (a: Spread, b: Spread): 1 | 0 | -1 => {
  const spread = Math.min(a.n, b.n) > 1 ? Math.max(LEAST, a.std, b.std) : ONE_SEED;
  const difference = a.mean - b.mean;
  return Math.abs(difference) <= spread ? 0 : difference > 0 ? 1 : -1;
};
