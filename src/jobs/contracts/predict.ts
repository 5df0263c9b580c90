import { z } from "zod";
import { FileRef } from "../../files.ts";
import { Prediction } from "../../models/prediction.ts";
import { contract } from "../contract.ts";
import { Ready } from "./classify.ts";

/** What one of several models says about a picture, in a job of its own: one that never comes back keeps no other from answering. */
export const predict = contract({
  queue: "infer",
  processorSeconds: 60,
  wallSeconds: 900,
  input: z.object({
    image: FileRef,
    model: Ready,
    /** Its place among those that are asked, to say how far it is. */
    turn: z.object({ done: z.int().nonnegative(), of: z.int().positive() }),
  }),
  output: z.object({ top: z.array(Prediction), ms: z.number() }),
  models: ({ model }) => [model.blob],
});
