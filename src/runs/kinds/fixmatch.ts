import { z } from "zod";
import { common } from "./common.ts";

/** Pseudo-labels of weakly augmented pictures as targets for strongly augmented ones (Sohn et al. 2020). */
export const fixmatch = z.object({
  kind: z.literal("fixmatch"),
  ...common,
  net: z.string(),
  labels: z.int().min(1).describe("labels a class; the others are hidden"),
  threshold: z.number().min(0).max(1).describe("a prediction counts from this probability on"),
});
