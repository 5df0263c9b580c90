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

/** A part of a picture that can be shown by itself: a tile of a sheet. In the picture's pixels. */
export const Region = z.object({
  left: z.int().nonnegative(),
  top: z.int().nonnegative(),
  width: z.int().positive(),
  height: z.int().positive(),
  /** What stands below it, in lines. */
  caption: z.string(),
  /** What a model says of it, and whether that is another thing than what it says of the reference. */
  note: z.object({ text: z.string(), isChanged: z.literal(true).optional() }).optional(),
  /** Not a variant but what the others are compared with. */
  isReference: z.literal(true).optional(),
  /** A drawing that wants the whole width, such as a scale below the tiles. */
  isWide: z.literal(true).optional(),
});
export type Region = z.infer<typeof Region>;

/** Where a photo lies on a drawing, in the drawing's pixels, and how round its corners are. */
export const PhotoPlace = Region.pick({ left: true, top: true, width: true, height: true }).extend({
  radius: z.int().positive().optional(),
});
export type PhotoPlace = z.infer<typeof PhotoPlace>;

/**
 * A picture that we made: it always says what a person who cannot see it should hear. Where it has regions, they say all that it says but
 * for its title, so that a page can lay them out as its window wants. One that is drawn on white names its photos, and whatever else has to
 * keep its colours when a page in the dark turns the drawing dark.
 */
export const Picture = FileRef.required({ alt: true }).extend({
  regions: z.array(Region).optional(),
  photos: z.array(PhotoPlace).optional(),
});
export type Picture = z.infer<typeof Picture>;
