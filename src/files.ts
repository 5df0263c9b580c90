import { z } from "zod";
import { wellFormed } from "./text.ts";

/** A description is cut here, so that nobody's job fails for being described at length. */
const MAX_ALT = 2000;

/** A stored file: its bytes lie in the blob store under their SHA-256, everything else travels with the reference. */
export const FileRef = z.object({
  blob: z.string().regex(/^[0-9a-f]{64}$/),
  /** What it is called when downloaded: "flip.png". */
  name: z.string().max(255).overwrite(wellFormed),
  /** MIME type: "image/png". */
  type: z.string().max(100).overwrite(wellFormed),
  bytes: z.int().nonnegative(),
  /** For pictures: size in pixels, and what a person who cannot see it should hear. */
  width: z.int().optional(),
  height: z.int().optional(),
  alt: z
    .string()
    .overwrite((text) => wellFormed(text.slice(0, MAX_ALT)))
    .optional(),
});
export type FileRef = z.infer<typeof FileRef>;

/** A picture that we made: it always says what a person who cannot see it should hear. */
export const Picture = FileRef.required({ alt: true });
export type Picture = z.infer<typeof Picture>;
