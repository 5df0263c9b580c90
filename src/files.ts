import { z } from "zod";

/** A stored file: its bytes lie in the blob store under their SHA-256, everything else travels with the reference. */
export const FileRef = z.object({
  blob: z.string().regex(/^[0-9a-f]{64}$/),
  /** What it is called when downloaded: "flip.png". */
  name: z.string(),
  /** MIME type: "image/png". */
  type: z.string(),
  bytes: z.int().nonnegative(),
  /** For pictures: size in pixels, and what a person who cannot see it should hear. */
  width: z.int().optional(),
  height: z.int().optional(),
  alt: z.string().optional(),
});
export type FileRef = z.infer<typeof FileRef>;
