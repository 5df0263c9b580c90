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
