import { z } from "zod";
import { common } from "./common.ts";

export const transferModes = ["head", "finetune", "both"] as const;

/** What is compared: a new last layer, everything, and everything from the beginning. */
export const transferApproaches = ["head", "finetune", "scratch"] as const;
export type TransferApproach = (typeof transferApproaches)[number];

const MeanAccuracy = z.number().min(0).max(1).optional();
/** What a run of this kind adds to its report. */
export const transferFields = {
  counts: z
    .array(
      z.object({
        labels: z.int().describe("labels a class"),
        head: MeanAccuracy.describe("test accuracy with only a new last layer, the mean over the seeds"),
        finetune: MeanAccuracy.describe("the same with everything fine-tuned"),
        scratch: MeanAccuracy.describe("the same network from scratch"),
      }),
    )
    .describe("each number of labels with the accuracy of each approach that was tried, in growing numbers"),
};
export type LabelCounts = z.infer<typeof transferFields.counts>;

/** A model that knows other pictures, taught these: only a new last layer, or everything, against a network from scratch. */
export const transfer = z.object({
  kind: z.literal("transfer"),
  ...common,
  model: z.string().describe("the model to begin with"),
  mode: z.enum(transferModes),
  labels: z.array(z.int().min(1)).describe("labels a class, one comparison for each; empty for all there are"),
  lr: z.number().positive().describe("learning rate of the new last layer"),
  backboneLr: z.number().nonnegative().describe("learning rate of everything before it"),
});
