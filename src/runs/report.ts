import { z } from "zod";
import { RunSpec } from "./spec.ts";

/** An accuracy, 0 to 1. */
export const Accuracy = z.number().min(0).max(1);
/** Mean and spread over the seeds; `std` is the sample's standard deviation, 0 of a single seed. */
export const Spread = z.object({ mean: z.number(), std: z.number().nonnegative(), n: z.int() });
export type Spread = z.infer<typeof Spread>;

/** One arm with one seed. Accuracy and loss are those on the test pictures, at the last step and never at the best one. */
export const ArmReport = z.object({
  name: z.string(),
  seed: z.int(),
  steps: z.int(),
  accuracy: Accuracy,
  loss: z.number().describe("mean cross-entropy on the test pictures, in nats"),
  trainAccuracy: Accuracy.describe("on the pictures it learned from, without augmentation"),
  curve: z
    .array(z.tuple([z.int(), Accuracy]))
    .describe("[step, accuracy on the validation pictures]; on the test pictures where no validation picture can be spared"),
});
export type ArmReport = z.infer<typeof ArmReport>;

/** The data of every run, for programs. What a kind adds stands beside these: see `kinds/`. */
export const RunReport = z.object({
  spec: RunSpec,
  arms: z.array(ArmReport),
  summary: z.record(z.string(), Spread).describe("the test accuracy of each arm over its seeds"),
  main: z
    .string()
    .optional()
    .describe("the arm that the run is about, whose network is kept; missing where it was stopped before"),
  control: z.string().nullable().describe("the arm that the others are compared with; null where nothing is claimed"),
  gain: z
    .object({ mean: z.number(), std: z.number() })
    .nullable()
    .describe("accuracy of the arm in question minus its control's, seed by seed"),
  teacher: z.object({ model: z.string(), accuracy: Accuracy.optional() }).optional(),
  agreement: Accuracy.optional().describe("how often teacher and student name the same class on the test pictures"),
  model: z.string().optional().describe("the name under which commands know the trained network"),
  seconds: z.number(),
  imagesPerSecond: z.number().describe("pictures trained on, over the time of training alone"),
  /** Stopped by its asker: what had been learned until then. */
  cancelled: z.literal(true).optional().describe("it was stopped before its end"),
  resumed: z.literal(true).optional().describe("its worker was killed on the way, and it went on from a checkpoint"),
});
export type RunReport = z.infer<typeof RunReport>;
