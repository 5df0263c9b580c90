import { z } from "zod";
import { common } from "./common.ts";

/** One network from scratch, on all labels. */
export const train = z.object({
  kind: z.literal("train"),
  ...common,
  net: z.string().describe("the network's name"),
  lr: z.number().positive().max(100).optional().describe("the peak; what suits the network's family when left out"),
});
