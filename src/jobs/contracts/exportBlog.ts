import { z } from "zod";
import { FileRef } from "../../files.ts";
import { contract } from "../contract.ts";

/** Puts a blog post into a zip with its pictures, each made small enough for a page. The words come from the bot. */
export const exportBlog = contract({
  queue: "images",
  processorSeconds: 300,
  wallSeconds: 24 * 3600, // it may wait for a worker that is down
  input: z.object({
    /** The zip's, without its ending. */
    name: z.string(),
    post: z.object({ path: z.string(), text: z.string() }),
    /** Where each goes: a JPEG, whatever it was. */
    pictures: z.array(z.object({ blob: FileRef.shape.blob, path: z.string() })).max(40),
  }),
  output: z.object({ file: FileRef, pictures: z.int() }),
});
