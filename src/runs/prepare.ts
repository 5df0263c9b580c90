import { type Dataset, normaliseImages, selectImages } from "../data/dataset.ts";
import { stepsPerEpoch } from "../data/order.ts";
import { prefetchBatches } from "../data/prefetch.ts";
import { pictureRows } from "../data/rows.ts";
import { splitValidation } from "../data/split.ts";
import { type LearningRateCurve, learningRateFinder } from "../learn/learningRateFinder.ts";
import type { TaskSpec } from "../learn/tasks/index.ts";
import { findNet } from "../nets/index.ts";
import type { Net } from "../nets/net.ts";
import type { ModelRecipe } from "./recipe.ts";

/** Images that a computed first layer is computed from. */
const FIRST_LAYER_IMAGES = 5_000;

/** The network of a recipe; throws when there is none of that name. */
export const netOf = ({ net: name }: ModelRecipe): Net => {
  const net = findNet(name);
  if (!net) throw new Error(`There is no network "${name}".`);
  return net;
};

/** What a recipe trains on, is evaluated on and begins with. The caller closes `fit.source`, which has a thread of its own. */
export const prepare = (recipe: ModelRecipe, dataset: Dataset) => {
  const net = netOf(recipe);
  const { size, normalisation } = dataset;
  const classes = dataset.classes.length;
  const { seed, augment, labelSmoothing } = recipe;
  const { train, validation } = splitValidation(dataset.train, size);
  const batch = Math.min(recipe.batch, train.count);
  const first = selectImages(
    train,
    size,
    Uint32Array.from({ length: Math.min(FIRST_LAYER_IMAGES, train.count) }, (_, i) => i),
  );
  const begun = net.begin?.({ count: first.count, size, data: normaliseImages(first, normalisation) });
  const task: TaskSpec = { kind: "supervised", labelSmoothing };
  return {
    validation: pictureRows(validation, size, normalisation),
    batch,
    stepsPerEpoch: stepsPerEpoch({ count: train.count, batch }),
    fit: {
      net,
      classes,
      task,
      source: prefetchBatches({ images: train, size, classes, normalisation, batch, seed, augment }),
      identity: { dataset: dataset.name, batch, augment },
      ...(begun ? { weights: Object.fromEntries([...begun].map(([name, { data }]) => [name, data])) } : {}),
    },
  };
};

/** Looks for the learning rate that suits a recipe: see `learningRateFinder`. */
export const findLearningRate = async (recipe: ModelRecipe, dataset: Dataset): Promise<LearningRateCurve> => {
  const { fit } = prepare(recipe, dataset);
  const { average: _, schedule: __, ...training } = recipe.training;
  try {
    return await learningRateFinder(fit, { seed: recipe.seed, ...training });
  } finally {
    await fit.source.close();
  }
};
