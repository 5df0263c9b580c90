import { z } from "zod";
import { FileRef, Picture } from "../../files.ts";
import { contract } from "../contract.ts";

/** Uploads side by side under a title, each cut to a square around its middle. All words come from the asker, in their language. */
export const album = contract({
  queue: "images",
  processorSeconds: 60,
  wallSeconds: 900,
  input: z.object({
    /** The file's, without its ending. */
    name: z.string(),
    title: z.string(),
    subtitle: z.string(),
    tiles: z
      .array(z.object({ blob: FileRef.shape.blob, caption: z.string() }))
      .min(1)
      .max(24),
  }),
  output: z.object({ picture: Picture }),
});
