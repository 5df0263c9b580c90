import { z } from "zod";
import { FileRef, Picture } from "../../files.ts";
import { contract } from "../contract.ts";

/** The classes of a data set below each other, each with some of its pictures. All words come from the asker, in their language. */
export const classes = contract({
  queue: "images",
  processorSeconds: 120,
  wallSeconds: 900,
  input: z.object({
    /** The file's, without its ending. */
    name: z.string(),
    title: z.string(),
    subtitle: z.string(),
    classes: z
      .array(z.object({ label: z.string(), count: z.string(), blobs: z.array(FileRef.shape.blob).max(6) }))
      .min(1)
      .max(20),
  }),
  output: z.object({ picture: Picture }),
});
