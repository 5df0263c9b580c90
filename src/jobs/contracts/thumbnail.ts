import { z } from "zod";
import { thumbnailKinds } from "../../blobs/thumbnails.ts";
import { FileRef } from "../../files.ts";
import { contract } from "../contract.ts";

/** A small copy of a picture, kept beside it. */
export const thumbnail = contract({
  queue: "images",
  processorSeconds: 20,
  wallSeconds: 300,
  input: z.object({ blob: FileRef.shape.blob, kind: z.enum(thumbnailKinds) }),
  output: z.object({ bytes: z.int() }),
});
