import type { Dataset } from "../data/dataset.ts";
import { type LearningRateCurve, learningRateFinder } from "../learn/learningRateFinder.ts";
import { type ArmSetting, batchOf, initialWeights, openArmSource } from "./armData.ts";
import { stepsWithin, trainingMacs } from "./budget.ts";
import type { Arm } from "./experiment.ts";

/** As many steps as show a fall and where it ends: 40 for each power of ten. */
const STEPS = 200;
const RANGE = { from: 1e-4, to: 10 } as const;

/** Steps of the search for an arm that so much work allows, in multiply-accumulates. */
export const searchSteps = (arm: Arm, classes: number, work: number): number =>
  Math.min(STEPS, stepsWithin(work, trainingMacs(arm.net, classes), batchOf(arm)));

/** Looks for the learning rate that suits an arm, with its own pictures, batches and optimiser; see `learningRateFinder`. */
export const findLearningRate = async (
  arm: Arm,
  dataset: Dataset,
  { steps, onStep, ...setting }: Omit<ArmSetting, "dataset"> & { steps: number; onStep?(step: number): unknown },
): Promise<LearningRateCurve> => {
  const source = await openArmSource(arm, { dataset, ...setting });
  const weights = initialWeights(arm, dataset);
  const told = async (step: number) => {
    await onStep?.(step);
    return source.next(step);
  };
  try {
    const options = {
      ...{ net: arm.net, classes: dataset.classes.length, task: arm.task, source: { ...source, next: told } },
      ...{ signal: setting.signal, ...(weights && { weights }) },
    };
    const { optimiser, gradientClip, normLearningRateFactor } = arm.recipe;
    const recipe = {
      ...{ seed: arm.seed, optimiser },
      ...(gradientClip !== undefined && { gradientClip }),
      ...(normLearningRateFactor !== undefined && { normLearningRateFactor }),
    };
    return await learningRateFinder(options, recipe, { steps, ...RANGE });
  } finally {
    await source.close();
  }
};
