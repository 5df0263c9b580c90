import type { DataSource } from "../../src/data/dataSource.ts";
import { UserError } from "../../src/errors.ts";

/** Labelled pictures that a class needs: one to train on, one to test with. */
const MIN_PER_CLASS = 2;

/** Refuses a data set of the group's from which nothing can be learned: throws `too_few_labels`, before anything is queued. */
export const demandLabels = (data: DataSource): void => {
  if (data.kind === "published") return;
  const counts = new Map<string, number>();
  for (const { label } of data.pictures) if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1);
  if (counts.size < 2 || [...counts.values()].some((it) => it < MIN_PER_CLASS))
    throw new UserError("too_few_labels", { counts: [...counts].map(([name, count]) => ({ name, count })) });
};
