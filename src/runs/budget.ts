import { describe } from "../nets/backends/describe.ts";
import type { Network } from "../nets/net.ts";

/** What training on one picture costs in forward passes: forward, and backward to inputs and to weights. */
export const TRAINING_PASSES = 3;
/** What a multiply-accumulate of a teacher costs in ones of training: ONNX Runtime does 70 to 200e9 a second where a step does 35e9. */
export const TEACHER_COST = 0.5;
/** Fewer steps teach nothing, whatever a preset allows. */
const LEAST_STEPS = 20;

/** Multiply-accumulates of one forward pass over one picture. */
export const macsOf = (net: Network, classes: number): number => describe(net, { classes }).macs;

/** What one picture costs in training, in multiply-accumulates. */
export const trainingMacs = (net: Network, classes: number): number => TRAINING_PASSES * macsOf(net, classes);

/** Steps of `batch` pictures that so much work allows, where a picture costs `perPicture`; both in multiply-accumulates. */
export const stepsWithin = (work: number, perPicture: number, batch: number): number =>
  Math.max(LEAST_STEPS, Math.floor(work / (perPicture * batch)));
