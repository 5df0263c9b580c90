import { z } from "zod";
import { FileRef, Picture } from "../../files.ts";
import { Card } from "../../models/card.ts";
import { Prediction } from "../../models/prediction.ts";
import { languages } from "../../text.ts";
import { contract } from "../contract.ts";

/** One chart of what several models say about a picture, each asked by a `predict` before it, in the order of `models`. */
export const compare = contract({
  queue: "images",
  processorSeconds: 60,
  wallSeconds: 600,
  input: z.object({
    image: FileRef,
    models: z.array(Card.pick({ name: true, params: true, macs: true })).min(1),
    lang: z.enum(languages),
  }),
  output: z.object({
    /** The upload moves, and this is about its first frame. */
    firstFrame: z.boolean(),
    picture: Picture,
    models: z.array(z.object({ model: z.string(), top: z.array(Prediction), ms: z.number() })),
    /** Those that did not answer: the code of what went wrong, and the same for people. */
    failed: z.array(z.object({ model: z.string(), error: z.string(), reason: z.string() })),
  }),
});
