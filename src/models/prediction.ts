import { z } from "zod";

/** One class a model considers, with its probability 0..1. */
export const Guess = z.object({ index: z.int().nonnegative(), label: z.string(), probability: z.number() });
export type Guess = z.infer<typeof Guess>;
