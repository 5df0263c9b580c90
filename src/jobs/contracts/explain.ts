import { z } from "zod";
import { FileRef, Picture } from "../../files.ts";
import { Prediction } from "../../models/prediction.ts";
import { languages } from "../../text.ts";
import { contract } from "../contract.ts";
import { Ready } from "./classify.ts";

/** Where in a picture a model saw a class: a class activation map, or occlusion where the network's shape allows no such map. */
export const explain = contract({
  queue: "infer",
  processorSeconds: 600,
  wallSeconds: 3600,
  input: z.object({
    image: FileRef,
    model: Ready,
    /** Which class to explain; the model's first choice when absent. */
    index: z.int().nonnegative().optional(),
    lang: z.enum(languages),
  }),
  output: z.object({
    /** The model's name. */
    model: z.string(),
    picture: Picture,
    firstFrame: z.boolean(),
    method: z.enum(["cam", "occlusion"]),
    target: Prediction,
    top: Prediction,
    ms: z.number(),
  }),
  models: ({ model }) => [model.blob],
});
