import type { BatchAugmentation } from "../data/augmentedPicture.ts";
import type { DatasetName } from "../data/index.ts";
import type { TestViews } from "../inference/testViews.ts";
import type { Recipe } from "../learn/fit.ts";

/** How a model is made: network, data and everything else that decides its weights, as plain data. */
export interface ModelRecipe {
  /** The network, by its name in src/nets. */
  net: string;
  dataset: DatasetName;
  /** Passes over the training images. */
  epochs: number;
  /** Images a step; all of them where there are fewer. */
  batch: number;
  seed: number;
  /** 0..1 */
  labelSmoothing: number;
  augment: BatchAugmentation;
  /** Everything else that `fit` takes; its steps follow from epochs, batch and data. */
  training: Omit<Recipe, "steps" | "seed">;
  /** Views with which its accuracy was published, when it was not one: the log of a model then has the test accuracy of these as well. */
  testViews?: TestViews;
  /** Made for teaching alone: another model of its network and data is the one to ask about pictures. */
  role?: "teacher";
}
