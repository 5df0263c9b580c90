import { z } from "zod";
import { common } from "./common.ts";

export const policySearches = ["grid", "random"] as const;

/** Which augmentation suits: RandAugment's grid of N and M, or policies drawn at random, each tried briefly. */
export const policysearch = z.object({
  kind: z.literal("policysearch"),
  ...common,
  net: z.string(),
  search: z.enum(policySearches),
});
