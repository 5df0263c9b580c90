import type { Augment } from "../data/augment.ts";
import type { DatasetName } from "../data/index.ts";
import type { Recipe as Training } from "../learn/fit.ts";

/** How a shipped model is made: everything that decides its weights, as plain data. */
export interface ModelRecipe {
  /** The network, by its name in src/nets. */
  net: string;
  dataset: DatasetName;
  /** Passes over the training pictures. */
  epochs: number;
  batch: number;
  seed: number;
  /** Label smoothing, 0 … 1. */
  smoothing: number;
  augment: Augment;
  /** Everything else that `fit` takes; the steps follow from epochs, batch and data. */
  training: Omit<Training, "steps" | "seed">;
}
