import { z } from "zod";
import { Picture } from "../../files.ts";
import { languages } from "../../text.ts";
import { contract } from "../contract.ts";
import { Ready } from "./classify.ts";

/** What a model says of one drawn test picture, softened by several temperatures. The model has to know the classes of `shapes`. */
export const softenedFigure = contract({
  queue: "infer",
  processorSeconds: 120,
  wallSeconds: 900,
  input: z.object({ model: Ready, lang: z.enum(languages) }),
  output: z.object({ picture: Picture }),
  models: ({ model }) => [model.blob],
});
