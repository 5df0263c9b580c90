import type { Dataset } from "../data/dataset.ts";
import { type LearningRateCurve, learningRateFinder } from "../learn/learningRateFinder.ts";
import { initialWeights, openArmSource } from "./armData.ts";
import type { Arm } from "./experiment.ts";

/** Looks for the learning rate that suits an arm: see `learningRateFinder`. */
export const findLearningRate = async (
  arm: Arm,
  { dataset, signal }: { dataset: Dataset; signal?: AbortSignal },
): Promise<LearningRateCurve> => {
  const { average: _, schedule: __, steps: ___, ...training } = arm.recipe;
  const { net, task, seed } = arm;
  const source = await openArmSource(arm, { dataset, signal });
  const options = { net, task, source, classes: dataset.classes.length, weights: initialWeights(arm, dataset) ?? {}, signal };
  try {
    return await learningRateFinder(options, { seed, ...training });
  } finally {
    await source.close();
  }
};
