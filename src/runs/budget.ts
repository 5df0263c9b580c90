import { describe } from "../nets/backends/describe.ts";
import type { Network } from "../nets/net.ts";
import type { Setting } from "./experiment.ts";
import { presets } from "./presets.ts";

// All that a run does is counted in multiply-accumulates of training: what takes time without any, by how many would take as long.

/** What training on one picture costs in forward passes: forward, and backward to inputs and to weights. */
export const TRAINING_PASSES = 3;
/** What a multiply-accumulate of a teacher costs in ones of training: ONNX Runtime does 70 to 200e9 a second where a step does 35e9. */
export const TEACHER_COST = 0.5;
/** The same of a network that is only measured, in TensorFlow: 55 to 70e9 a second. */
const MEASURING_COST = 0.6;
/** What each layer costs a step besides its arithmetic, however small it is: 0.3 ms. */
const LAYER_COST = 10e6;
/** What an arm costs before its first step and after its last: half a second, and 10 ms a layer for compiling its step. */
const [ARM_COST, COMPILING_COST] = [17e9, 0.35e9];
/** Fewer steps teach nothing, whatever a preset allows. */
const LEAST_STEPS = 20;

/** Multiply-accumulates of one forward pass over one picture. */
export const macsOf = (net: Network, classes: number): number => describe(net, { classes }).macs;

/** What a step costs that shows a network so many pictures, each in so many passes. */
export const stepCost = (net: Network, classes: number, pictures: number, passes = TRAINING_PASSES): number => {
  const { macs, layers } = describe(net, { classes });
  return passes * macs * pictures + LAYER_COST * layers.length;
};

/** What an arm costs besides its steps and what is measured of it. */
export const beginningCost = (net: Network, classes: number): number =>
  ARM_COST + COMPILING_COST * describe(net, { classes }).layers.length;

/** What an arm costs besides its steps: begun, and measured along its curve and at its end. */
export const armCost = (
  net: Network,
  { dataset, spec }: { dataset: Pick<Setting["dataset"], "classes" | "test">; spec: Pick<Setting["spec"], "preset"> },
): number => {
  const classes = dataset.classes.length;
  const { points, pictures, own } = presets[spec.preset].measuring;
  const measured = points * pictures + dataset.test.count + own;
  return beginningCost(net, classes) + MEASURING_COST * macsOf(net, classes) * measured;
};

/** Steps that so much work allows, where one costs `perStep`. */
export const stepsWithin = (work: number, perStep: number): number => Math.max(LEAST_STEPS, Math.floor(work / perStep));
