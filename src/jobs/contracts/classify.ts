import { z } from "zod";
import { FileRef } from "../../files.ts";
import { Card } from "../../models/card.ts";
import { Guess } from "../../models/guess.ts";
import { languages } from "../../text.ts";
import { contract } from "../contract.ts";

/** What one picture shows, asked of one or several models; they answer together on one chart. */
export const classify = contract({
  queue: "classify",
  processorSeconds: 120,
  wallSeconds: 900,
  input: z.object({
    image: FileRef,
    models: z.array(z.object({ blob: z.string(), card: Card })).min(1),
    lang: z.enum(languages),
  }),
  output: z.object({
    /** The upload moves, and this is about its first frame. */
    firstFrame: z.boolean(),
    picture: FileRef,
    models: z.array(z.object({ model: z.string(), top: z.array(Guess), ms: z.number() })),
  }),
});
