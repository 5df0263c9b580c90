import { z } from "zod";
import { FileRef, Picture } from "../../files.ts";
import { augmentationNames } from "../../images/augment/names.ts";
import { languages } from "../../text.ts";
import { contract } from "../contract.ts";

/** What a tile of a sheet shows: an operation and its resolved parameters, the same for programs and in words. */
export const Applied = z.object({
  op: z.string().describe("the operation's name"),
  params: z
    .record(z.string(), z.number())
    .describe(
      "what was drawn: lengths as shares of width and height, angles in degrees, `factor` 1 and `share` 0 for no change, `done` 1 or 0",
    ),
  caption: z.string().describe("the same in words, as it stands below the tile"),
});

/** Variants of one picture by one augmentation, or by each of them once when `op` is left out. */
export const augment = contract({
  queue: "images",
  processorSeconds: 30,
  wallSeconds: 900,
  input: z.object({
    image: FileRef,
    op: z.enum(augmentationNames).optional(),
    strength: z.number().min(0).max(1),
    n: z.int().min(1).max(24),
    seed: z.int().nonnegative(),
    lang: z.enum(languages),
  }),
  output: z.object({
    picture: Picture,
    tiles: z.array(Applied),
    /** The upload moves, and only its first frame was used. */
    firstFrame: z.boolean(),
    ms: z.number(),
  }),
});
