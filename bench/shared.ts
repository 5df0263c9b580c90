import { existsSync } from "node:fs";
import { join } from "node:path";

/** Real pictures and weights, outside the project. */
const shared = join(import.meta.dirname, "../../shared/data");

/** A file of the shared data, or an error that says what is missing. */
export const sharedFile = (...path: string[]): string => {
  const file = join(shared, ...path);
  if (!existsSync(file)) throw new Error(`This benchmark needs ${file}`);
  return file;
};

/** The quantile of some numbers; `share` is 0..1. */
export const quantile = (numbers: readonly number[], share: number): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
};
