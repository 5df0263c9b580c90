import { z } from "zod";
import { cardTopics } from "../../cardTopics.ts";
import { FileRef, Picture } from "../../files.ts";
import { languages } from "../../text.ts";
import { contract } from "../contract.ts";

/** The figure of a learning card. */
export const cardFigure = contract({
  queue: "images",
  processorSeconds: 30,
  wallSeconds: 900,
  input: z.object({
    topic: z.enum(cardTopics),
    /** What augmentations are shown on; a picture drawn by us when left out. */
    image: FileRef.optional(),
    /** The second picture of two that are mixed. */
    second: FileRef.optional(),
    seed: z.int().nonnegative(),
    lang: z.enum(languages),
  }),
  output: z.object({ picture: Picture }),
});
