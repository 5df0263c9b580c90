import { z } from "zod";
import { common } from "./common.ts";

/** A network that takes its own confident predictions for labels (Lee 2013), against the same one on the labels alone. */
export const pseudolabel = z.object({
  kind: z.literal("pseudolabel"),
  ...common,
  net: z.string(),
  labels: z.int().min(1).describe("labels a class; the others are hidden"),
  threshold: z.number().min(0).max(1).describe("a prediction counts from this probability on"),
  ramp: z.number().min(0).max(1).describe("share of the run over which the weight of pseudo-labels grows to its full size"),
});

/** Pseudo-labels, measured against the labels that were hidden. */
export const PseudoLabels = z.object({
  kept: z.int().describe("predictions that are confident enough"),
  total: z.int().describe("unlabelled pictures that were looked at"),
  precision: z.number().nullable().describe("share of the kept ones that are right; null of none"),
  histogram: z.array(z.int()).describe("kept ones of each class, in the order of `classes`"),
});
export type PseudoLabels = z.infer<typeof PseudoLabels>;

/** What runs with pseudo-labels add to their report. */
export const PseudoLabelFields = {
  classes: z.array(z.string()),
  pseudoLabels: PseudoLabels.describe("of the trained network, of the first seed"),
};
