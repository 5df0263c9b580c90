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
