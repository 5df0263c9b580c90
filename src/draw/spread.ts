import { percent, spreadOf } from "../numbers.ts";

/** The spread of those values that are finite; undefined of none. */
export const finiteSpread = (values: readonly number[]): ReturnType<typeof spreadOf> | undefined => {
  const finite = values.filter(Number.isFinite);
  return finite.length > 0 ? spreadOf(finite) : undefined;
};

/** 0.003 as "± 0.3", in percentage points. */
export const plusMinus = (std: number): string => `± ${(std * 100).toFixed(1)}`;

/** Accuracies of an arm's seeds as "84.1 % ± 0.3", of one seed as "84.1 %", of none as a dash. */
export const spreadText = (accuracies: readonly number[]): string => {
  const spread = finiteSpread(accuracies);
  if (!spread) return "–";
  return spread.n > 1 ? `${percent(spread.mean)} ${plusMinus(spread.std)}` : percent(spread.mean);
};

/** A difference of accuracies in percentage points with its sign: 0.021 as "+2.1". What rounds to nothing has none. */
export const points = (difference: number): string => {
  const text = Math.abs(difference * 100).toFixed(1);
  return text === "0.0" ? text : `${difference > 0 ? "+" : "−"}${text}`;
};
