import { z } from "zod";
import { common } from "./common.ts";

export const transferModes = ["head", "finetune", "both"] as const;

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
