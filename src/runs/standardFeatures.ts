import type { Dataset } from "../data/dataset.ts";
import { type bodyOfModel, computeFeatures } from "../inference/features.ts";
import type { FeatureRows, Setting } from "./experiment.ts";
import { measureStandardisation, type Standardisation, standardise } from "./standardise.ts";

/** What a model's body says of all pictures of a data set, and how it was standardised. */
export interface StandardFeatures {
  rows: FeatureRows;
  /** Measured on the training pictures alone. */
  standardisation: Standardisation;
}

/** Looks at every picture of a data set once, with mean 0 and deviation 1 of each feature over the training pictures. */
export const standardFeatures = async (
  body: ReturnType<typeof bodyOfModel>,
  { train, test, size }: Pick<Dataset, "train" | "test" | "size">,
  { signal, onPictures }: Pick<Setting, "signal" | "onPictures">,
): Promise<StandardFeatures> => {
  const of = train.count + test.count;
  const rowsOf = ({ pixels, count }: typeof train, before: number) => {
    const indices = Uint32Array.from({ length: count }, (_, i) => i);
    const report = (done: number) => onPictures?.(before + done, of);
    return computeFeatures(body, { pixels, size, indices }, { signal, report });
  };
  const [learned, tested] = [await rowsOf(train, 0), await rowsOf(test, train.count)];
  const { width } = learned;
  const standardisation = measureStandardisation(learned.values, width);
  const standard = (values: Float32Array) => standardise(values, standardisation);
  return { rows: { width, train: standard(learned.values), test: standard(tested.values) }, standardisation };
};
