import { z } from "zod";
import { common } from "./common.ts";
import { PseudoLabels } from "./pseudolabel.ts";

/** Noisy student (Xie et al. 2020): a teacher labels pictures, a noised student learns from them and is the next teacher. */
export const selftrain = z.object({
  kind: z.literal("selftrain"),
  ...common,
  net: z.string(),
  labels: z.int().min(1).describe("labels a class; the others are hidden"),
  rounds: z.int().min(1).max(5),
  threshold: z.number().min(0).max(1).describe("the teacher's predictions count from this probability on"),
});

/** What self-training adds to its report. */
export const SelfTrainFields = {
  classes: z.array(z.string()),
  rounds: z
    .array(PseudoLabels.extend({ round: z.int(), accuracy: z.number().describe("of the round's student on the test pictures") }))
    .describe("of the first seed"),
};
