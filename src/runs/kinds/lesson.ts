import { z } from "zod";
import { common } from "./common.ts";

/** Every lesson; each is a file in `experiments/lessons/`. */
export const lessonTopics = [
  ...["degradation", "temperature", "one-by-one", "auxiliary", "squeeze"],
  ...["dense", "scaling", "augmentation", "bias", "label-noise"],
] as const;
export type LessonTopic = (typeof lessonTopics)[number];

/** An experiment that is explained: one idea, its arms, and what they show. */
export const lesson = z.object({ kind: z.literal("lesson"), ...common, topic: z.enum(lessonTopics) });

const Cost = z.object({ parameters: z.int(), macs: z.int().describe("multiply-accumulates for one picture") });
const Share = z.object({ mean: z.number(), std: z.number(), n: z.int() });

/** What a lesson adds to its report. */
export const LessonFields = {
  finding: z.object({ en: z.string(), ko: z.string() }).describe("what the results show, in one sentence"),
  costs: z.record(z.string(), Cost).optional().describe("squeeze, dense and scaling: what each arm's network costs"),
  reductions: z
    .array(z.object({ title: z.object({ en: z.string(), ko: z.string() }), without: z.int(), with: z.int() }))
    .optional()
    .describe("one-by-one: multiply-accumulates for one picture without and with 1x1 reductions, counted"),
  byLight: z
    .record(z.string(), z.object({ asTaught: Share, otherwise: Share }))
    .optional()
    .describe("bias: accuracy on test pictures that are lit as their class was in the skewed sample, and on the others"),
  softened: z
    .object({ picture: z.int().describe("of the test split"), shares: z.record(z.string(), z.array(z.number())) })
    .optional()
    .describe("temperature: what the teacher says of one picture at each temperature, in the order of the classes"),
};
