import { z } from "zod";

/** One class a model considers, with its probability 0..1. */
export const Guess = z.object({
  index: z.int().nonnegative().describe("place among the model's classes, from 0"),
  label: z.string().describe("the class's name"),
  probability: z.number().describe("0 to 1"),
});
export type Guess = z.infer<typeof Guess>;
