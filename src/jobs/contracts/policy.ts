import { z } from "zod";
import { FileRef, Picture } from "../../files.ts";
import { Timm } from "../../images/policy/timm.ts";
import { languages } from "../../text.ts";
import { contract } from "../contract.ts";
import { Applied } from "./augment.ts";

/** Which policy draws the operations: torchvision's RandAugment (M of 30), timm's string (M of 10), or TrivialAugmentWide. */
export const Policy = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("randaugment"), n: z.int().min(1).max(8), m: z.int().min(0).max(30) }),
  z.object({ kind: z.literal("timm"), ...Timm.shape }),
  z.object({ kind: z.literal("trivialaugment") }),
]);
export type Policy = z.infer<typeof Policy>;

/** Variants of one picture by an augmentation policy, each with the operations that were drawn for it. */
export const policy = contract({
  queue: "images",
  processorSeconds: 30,
  wallSeconds: 900,
  input: z.object({
    image: FileRef,
    policy: Policy,
    n: z.int().min(1).max(24),
    seed: z.int().nonnegative(),
    lang: z.enum(languages),
  }),
  output: z.object({
    picture: Picture,
    /** In the order of the sheet; a tile's operations in the order in which they were applied, none when chance left it alone. */
    tiles: z.array(z.object({ ops: z.array(Applied) })),
    firstFrame: z.boolean(),
    ms: z.number(),
  }),
});
