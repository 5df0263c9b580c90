import { type LearningRateCurve, learningRateFinder } from "../learn/learningRateFinder.ts";
import { type ArmSetting, batchOf, initialWeights, openArmSource } from "./armData.ts";
import { stepCost, stepsWithin } from "./budget.ts";
import type { Arm } from "./experiment.ts";

/** As many steps as show a fall and where it ends: 40 for each power of ten. */
const STEPS = 200;
const RANGE = { from: 1e-4, to: 10 } as const;

/** Steps of the search for an arm that so much work allows, in multiply-accumulates. */
export const searchSteps = (arm: Arm, classes: number, work: number): number =>
  Math.min(STEPS, stepsWithin(work, stepCost(arm.net, classes, batchOf(arm))));

/**
 * Looks for the learning rate that suits an arm, with its own pictures, batches and optimiser: see `learningRateFinder`. `onStep` hears
 * how many steps are done.
 */
export const findLearningRate = async (
  arm: Arm,
  {
    steps = STEPS,
    onStep,
    ...setting
  }: Pick<ArmSetting, "dataset" | "signal"> & { steps?: number; onStep?(step: number): unknown },
): Promise<LearningRateCurve> => {
  const { average: _, schedule: __, steps: ___, ...training } = arm.recipe;
  const { net, task, seed } = arm;
  const { dataset, signal } = setting;
  const source = await openArmSource(arm, setting);
  const told = async (step: number) => {
    await onStep?.(step);
    return source.next(step);
  };
  const data = {
    source: { ...source, next: told },
    classes: dataset.classes.length,
    weights: initialWeights(arm, dataset) ?? {},
  };
  try {
    return await learningRateFinder({ net, task, signal, ...data }, { seed, ...training }, { steps, ...RANGE });
  } finally {
    await source.close();
  }
};
