import type { DataSource } from "../../src/data/dataSource.ts";
import { classesOf, demandClasses } from "../../src/data/splitPictures.ts";

/** Refuses a data set of the group's from which nothing can be learned, before anything is queued: see `demandClasses`. */
export const demandLabels = (data: DataSource): void => {
  if (data.kind === "pictures") demandClasses(classesOf(data.pictures));
};
