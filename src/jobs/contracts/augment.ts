import { z } from "zod";
import { FileRef, Picture } from "../../files.ts";
import { augmentationNames } from "../../images/augment/names.ts";
import { Prediction } from "../../models/prediction.ts";
import { languages } from "../../text.ts";
import { type Contract, contract } from "../contract.ts";
import { Ready } from "./classify.ts";

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

/** A tile of an augmentation, with how to do the same elsewhere and what a model says of it. */
export const Tile = Applied.extend({
  python: z
    .string()
    .describe("torchvision's call for the whole picture: `F` is torchvision.transforms.v2.functional, `image` a PIL image"),
  prediction: Prediction.optional().describe("with `predict`: the model's likeliest class for this variant"),
});

const input = z.object({
  image: FileRef,
  op: z.enum(augmentationNames).optional(),
  strength: z.number().min(0).max(1),
  n: z.int().min(1).max(24),
  seed: z.int().nonnegative(),
  /** Only this tile of the sheet, at the picture's own size: 0 is the original, 1 the first variant. */
  tile: z.int().nonnegative().optional(),
  lang: z.enum(languages),
});
const output = z.object({
  /** The sheet, or the one tile. */
  picture: Picture,
  tiles: z.array(Tile),
  /** What the model says of the original. */
  original: Prediction.optional(),
  /** The upload moves, and only its first frame was used. */
  firstFrame: z.boolean(),
  ms: z.number(),
});

/** Variants of one picture by one augmentation, or by each of them once when `op` is left out. */
export const augment = contract({ queue: "images", processorSeconds: 30, wallSeconds: 900, input, output });

const classified = input.extend({ model: Ready });
/** The same, and what a model says of each variant. */
export const augmentClassified: Contract<typeof classified, typeof output> = contract({
  queue: "infer",
  processorSeconds: 120,
  wallSeconds: 900,
  input: classified,
  output,
  models: ({ model }) => [model.blob],
});
