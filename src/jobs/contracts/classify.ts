import { z } from "zod";
import { FileRef, Picture } from "../../files.ts";
import { Card } from "../../models/card.ts";
import { Prediction, Vocabulary } from "../../models/prediction.ts";
import { languages } from "../../text.ts";
import { contract } from "../contract.ts";

/** A model as jobs are given it: its file, and how to use it. */
export const Ready = z.object({ blob: FileRef.shape.blob, card: Card });

/** What a picture shows, by one model, on a chart. */
export const classify = contract({
  queue: "infer",
  processorSeconds: 120,
  wallSeconds: 900,
  input: z.object({ image: FileRef, model: Ready, lang: z.enum(languages) }),
  output: z.object({
    /** The model's name. */
    model: z.string(),
    top: z.array(Prediction),
    ms: z.number(),
    vocabulary: Vocabulary.optional(),
    picture: Picture,
    /** The upload moves, and this is about its first frame. */
    firstFrame: z.boolean(),
  }),
  models: ({ model }) => [model.blob],
});
