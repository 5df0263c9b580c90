import { z } from "zod";
import { common, LabelCount } from "./common.ts";

/** How a student learns from its teacher; each is a file in `learn/losses/`. */
export const distillationMethods = ["kd", "dkd", "at", "fitnet"] as const;

/** A student that learns from a teacher's outputs, against the same student without the teacher. */
export const distill = z.object({
  kind: z.literal("distill"),
  ...common,
  teacher: z.string().describe("the model's name"),
  student: z.string().describe("the network's name"),
  method: z.enum(distillationMethods),
  labels: LabelCount.describe("labels that are left to a class; the teacher sees every picture"),
  temperature: z.number().min(0.5).max(50),
  soft: z.number().min(0).max(1000).describe("weight of the teacher's part of the loss"),
  hard: z.number().min(0).max(1000).describe("weight of the labels' part of the loss"),
});
