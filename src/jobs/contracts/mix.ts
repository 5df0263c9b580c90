import { z } from "zod";
import { FileRef, Picture } from "../../files.ts";
import { languages } from "../../text.ts";
import { contract } from "../contract.ts";

/** Two pictures made one, with the weights that their labels get. */
export const mix = contract({
  queue: "images",
  processorSeconds: 30,
  wallSeconds: 900,
  input: z.object({
    how: z.enum(["cutmix", "mixup"]),
    a: FileRef,
    b: FileRef,
    alpha: z.number().min(0.1).max(10),
    seed: z.int().nonnegative(),
    lang: z.enum(languages),
  }),
  output: z.object({
    picture: Picture,
    /** Weights of the labels; they add up to 1. */
    weights: z.object({ a: z.number(), b: z.number() }),
    /** What Beta(alpha, alpha) gave, before CutMix's correction by the box that is really covered. */
    drawn: z.number(),
    /** Size of the mixed picture, and for CutMix where b lies in it, in its pixels. */
    size: z.object({ width: z.int(), height: z.int() }),
    box: z.object({ left: z.int(), top: z.int(), right: z.int(), bottom: z.int() }).optional(),
    firstFrame: z.boolean(),
    ms: z.number(),
  }),
});
