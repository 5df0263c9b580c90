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

/** Whether a run learns from pictures that nobody labelled: the group's own, where a data set that is published is only shown without its labels. */
export const isUnlabelled = (spec: { kind: string; labels?: unknown }, source: "published" | "pictures"): boolean =>
  spec.kind === "distill" && spec.labels === "none" && source === "pictures";

/** What one forward pass costs. */
const Cost = z.object({
  parameters: z.int(),
  macs: z.int().optional(),
  ms: z.number().describe("of one picture in ONNX Runtime on the worker's machine"),
});

/** What a distillation adds to its report. */
export const DistillFields = {
  teacher: z.object({ model: z.string(), accuracy: z.number().describe("on the first test pictures, as many as `compared`") }),
  agreement: z.number().describe("how often student and teacher name the same class, on as many test pictures as `compared`"),
  compared: z.int(),
  costs: z.object({ teacher: Cost, student: Cost }),
  confused: z
    .array(z.object({ actual: z.string(), predicted: z.string(), count: z.int() }))
    .describe("the pairs of classes that the student confuses most on the test pictures"),
};
