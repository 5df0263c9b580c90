import { z } from "zod";
import { LabelledPicture } from "../../data/dataSource.ts";
import { FileRef } from "../../files.ts";
import { contract } from "../contract.ts";

/** Why files of a zip are left out. */
export const skippedReasons = [
  "notPictures",
  "tooLarge",
  "damaged",
  "duplicates",
  "twoClasses",
  "noClass",
  "unsafePaths",
  "encrypted",
] as const;

/** Opens a zip of class folders, and keeps each picture as an upload is kept: without where it was taken. */
export const importPictures = contract({
  queue: "images",
  // Some thousand large photos are opened once, to see that they are photos.
  processorSeconds: 1800,
  wallSeconds: 4 * 3600,
  input: z.object({
    zip: FileRef,
    /** The most pictures that may come of it. */
    most: z.int(),
  }),
  output: z.object({
    pictures: z.array(LabelledPicture.extend({ label: z.string() })),
    /** How many files were left out, by the reason. */
    skipped: z.partialRecord(z.enum(skippedReasons), z.int()),
  }),
});
