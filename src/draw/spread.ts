import { percent } from "../numbers.ts";

/** Mean and sample standard deviation of finite values (0 of a single one); undefined of none. */
export const spreadOf = (values: readonly number[]): { mean: number; std: number; n: number } | undefined => {
  const finite = values.filter(Number.isFinite);
  const n = finite.length;
  if (n === 0) return undefined;
  const mean = finite.reduce((sum, it) => sum + it, 0) / n;
  const squares = finite.reduce((sum, it) => sum + (it - mean) ** 2, 0);
  return { mean, std: n > 1 ? Math.sqrt(squares / (n - 1)) : 0, n };
};

/** 0.003 as "± 0.3", in percentage points. */
export const plusMinus = (std: number): string => `± ${(std * 100).toFixed(1)}`;

/** Accuracies of an arm's seeds as "84.1 % ± 0.3", of one seed as "84.1 %", of none as a dash. */
export const spreadText = (accuracies: readonly number[]): string => {
  const spread = spreadOf(accuracies);
  if (!spread) return "–";
  return spread.n > 1 ? `${percent(spread.mean)} ${plusMinus(spread.std)}` : percent(spread.mean);
};

/** A difference of accuracies in percentage points with its sign: 0.021 as "+2.1". What rounds to nothing has none. */
export const points = (difference: number): string => {
  const text = Math.abs(difference * 100).toFixed(1);
  return text === "0.0" ? text : `${difference > 0 ? "+" : "−"}${text}`;
};
