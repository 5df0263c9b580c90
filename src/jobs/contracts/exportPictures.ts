import { z } from "zod";
import { FileRef } from "../../files.ts";
import { contract } from "../contract.ts";

/** Puts pictures into a zip under the paths that the asker gives. */
export const exportPictures = contract({
  queue: "images",
  processorSeconds: 300,
  wallSeconds: 3600,
  input: z.object({
    /** The file's, without its ending. */
    name: z.string(),
    classes: z.int(),
    /** Folders and beginning of the file name of each; its ending says what it is. */
    pictures: z.array(z.object({ blob: FileRef.shape.blob, path: z.string() })).min(1),
  }),
  output: z.object({ file: FileRef, pictures: z.int(), classes: z.int() }),
});
