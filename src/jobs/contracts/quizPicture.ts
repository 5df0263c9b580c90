import { z } from "zod";
import { FileRef, Picture } from "../../files.ts";
import { languages } from "../../text.ts";
import { contract } from "../contract.ts";

/** The picture of a question: two pictures mixed by CutMix once for each λ, called A, B, C … in that order. */
export const quizPicture = contract({
  queue: "images",
  processorSeconds: 30,
  wallSeconds: 900,
  input: z.object({
    lambdas: z.array(z.number().min(0).max(1)).min(2).max(4),
    /** Pictures drawn by us when left out. */
    image: FileRef.optional(),
    second: FileRef.optional(),
    /** It was answered: each says its λ. */
    isSolved: z.boolean().optional(),
    seed: z.int().nonnegative(),
    lang: z.enum(languages),
  }),
  output: z.object({
    picture: Picture,
    /** What was mixed, where it was given. */
    image: FileRef.optional(),
    second: FileRef.optional(),
  }),
});
