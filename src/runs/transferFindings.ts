import { labelCountChart } from "../draw/labelCountChart.ts";
import { spreadOf } from "../numbers.ts";
import type { Language } from "../text.ts";
import type { ArmResult, Findings } from "./experiment.ts";
import { type LabelCounts, transferApproaches } from "./kinds/transfer.ts";

/** The accuracy of each approach for each number of labels, the mean over the seeds, and their chart. */
export const transferFindings = (counts: readonly number[], results: readonly ArmResult[], lang: Language): Findings => {
  const accuracyOf = (name: string) => {
    const own = results.filter(({ arm }) => arm.name === name).map(({ test }) => test.accuracy);
    return own.length > 0 ? spreadOf(own).mean : undefined;
  };
  const rows: LabelCounts = counts.flatMap((labels) => {
    const known = transferApproaches.flatMap((approach) => {
      const accuracy = accuracyOf(`${approach}@${labels}`);
      return accuracy === undefined ? [] : [[approach, accuracy] as const];
    });
    return known.length > 0 ? [{ labels, ...Object.fromEntries(known) }] : [];
  });
  // One number of labels makes no line.
  const pictures = rows.length > 1 ? [{ name: "labels", ...labelCountChart(rows, lang) }] : [];
  return { fields: { counts: rows }, pictures };
};
