import { z } from "zod";
import { presetNames } from "../presets.ts";

/** How many seeds one run may compare. */
export const MAX_SEEDS = 5;
/** Labels that are left to a class: all, none, or so many. */
export const LabelCount = z.union([z.enum(["all", "none"]), z.int().min(1).max(10_000)]);
export type LabelCount = z.infer<typeof LabelCount>;

/** What every spec has. */
export const common = {
  data: z.string().describe("the data set's name"),
  preset: z.enum(presetNames),
  seed: z.int().nonnegative().describe("the first seed; the same spec gives the same result again"),
  seeds: z.int().min(1).max(MAX_SEEDS).describe("how many seeds each arm is trained with: seed, seed + 1, …"),
  hypothesis: z.string().max(500).optional().describe("what the asker expects to see"),
};
