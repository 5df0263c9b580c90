import { type Dataset, selectImages } from "../data/dataset.ts";
import { stepsPerEpoch } from "../data/order.ts";
import { splitIndices } from "../data/split.ts";
import type { Arm } from "./experiment.ts";
import { netNamed } from "./netNamed.ts";
import type { ModelRecipe } from "./recipe.ts";

/** A recipe as an arm, with the data it learns from. */
export interface RecipeArm {
  arm: Arm;
  /** The data set with the pictures to learn from before those for validation, so that a picture's index is its place in the epoch. */
  dataset: Dataset;
  validation: Uint32Array;
  stepsPerEpoch: number;
}

/** Everything that decides the weights of a model that ships. */
export const armOfRecipe = (recipe: ModelRecipe, dataset: Dataset): RecipeArm => {
  const { train, validation } = splitIndices(dataset.train);
  const ordered: Dataset = { ...dataset, train: selectImages(dataset.train, dataset.size, [...train, ...validation]) };
  const pictures = Uint32Array.from(train.keys());
  const batch = Math.min(recipe.batch, pictures.length);
  const perEpoch = stepsPerEpoch({ count: pictures.length, batch });
  const { net, seed, augment, labelSmoothing, epochs, training } = recipe;
  return {
    arm: {
      ...{ name: net, net: netNamed(net, dataset.size), seed, data: { pictures, batch, augment } },
      task: { kind: "supervised", labelSmoothing },
      recipe: { steps: Math.round(perEpoch * epochs), ...training },
    },
    dataset: ordered,
    validation: Uint32Array.from(validation.keys(), (position) => train.length + position),
    stepsPerEpoch: perEpoch,
  };
};
