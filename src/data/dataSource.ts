import { createHash } from "node:crypto";
import { z } from "zod";
import { FileRef } from "../files.ts";

/** The data sets that everybody has: drawn here, or published and downloaded once. */
export const publishedNames = ["shapes", "cifar10", "fashion-mnist"] as const;
export type PublishedName = (typeof publishedNames)[number];

/** The data set that every group has, and that pictures are labelled in where nobody names another. */
export const UPLOADS = "uploads";

/** A label is one byte; see `LabelledImages`. */
export const MAX_CLASSES = 256;
/** The most pictures that one data set holds. */
export const MAX_PICTURES = 10_000;
/** The longest name of a class, in characters. */
export const MAX_LABEL = 40;

/** One picture of a group's data set. */
export const LabelledPicture = z.object({
  blob: FileRef.shape.blob,
  /** Null where nobody has said what it shows. */
  label: z.string().nullable(),
  /** Which split it was put in; decided by its hash where nobody has said. */
  split: z.enum(["train", "test"]).optional(),
});
export type LabelledPicture = z.infer<typeof LabelledPicture>;

/** Where a job's pictures come from. The bot, which alone knows a group's labels, sends them along. */
export const DataSource = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("published"), name: z.enum(publishedNames) }),
  z.object({ kind: z.literal("pictures"), name: z.string(), pictures: z.array(LabelledPicture) }),
]);
export type DataSource = z.infer<typeof DataSource>;

/** Which pictures, labels and splits a group's data set has: the same for the same, in any order. Null for one that never changes. */
export const versionOf = (source: DataSource): string | null => {
  if (source.kind === "published") return null;
  const lines = source.pictures.map(({ blob, label, split }) => JSON.stringify([blob, label, split ?? null]));
  return createHash("sha256").update(lines.sort().join("\n")).digest("hex").slice(0, 16);
};
