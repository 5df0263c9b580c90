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

/** What a policy search adds to its report. */
export const PolicySearchFields = {
  policies: z
    .array(
      z.object({
        policy: z.string().describe("as every command takes it"),
        n: z.int(),
        m: z.number(),
        validation: z.number().describe("accuracy on the validation pictures, after a brief training; the mean over the seeds"),
      }),
    )
    .describe("all that were tried, best first"),
  plain: z.number().describe("the same without a policy"),
  margin: z.number().describe("a difference as small as this may be chance, by the number of validation pictures alone"),
  best: z.string().describe("the policy with the highest validation accuracy, of the first seed"),
};
