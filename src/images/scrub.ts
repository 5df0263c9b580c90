import { scrubAvif } from "./scrub/avif.ts";
import { scrubGif } from "./scrub/gif.ts";
import { scrubJpeg } from "./scrub/jpeg.ts";
import { scrubPng } from "./scrub/png.ts";
import { Unsound } from "./scrub/sound.ts";
import { scrubTiff } from "./scrub/tiff.ts";
import { scrubWebp } from "./scrub/webp.ts";
import { sniff } from "./sniff.ts";

/** How each format is scrubbed, and its shortest beginning: what is left of a file that is not what its format says. */
const formats: Readonly<Record<string, { scrub: (bytes: Uint8Array) => Uint8Array; shortest: string }>> = {
  "image/jpeg": { scrub: scrubJpeg, shortest: "\xff\xd8\xff\xd9" },
  "image/png": { scrub: scrubPng, shortest: "\x89PNG\r\n\x1a\n" },
  "image/webp": { scrub: scrubWebp, shortest: "RIFF\x04\0\0\0WEBP" },
  "image/gif": { scrub: scrubGif, shortest: "GIF89a" },
  "image/tiff": { scrub: scrubTiff, shortest: "II*\0\0\0\0\0" },
  "image/avif": { scrub: scrubAvif, shortest: "\0\0\0\x10ftypavif\0\0\0\0" },
};

/**
 * A photo without what it tells about where and by whom it was taken: Exif (but not its orientation), XMP, IPTC, comments,
 * thumbnails, and whatever else is not known to be the picture. Pixels and colour profile stay as they are. Of a photo that is not
 * exactly what its format says (cut short, or a length is wrong) only the first bytes are left, since nobody can tell its picture
 * from its secrets: whoever opens it then hears that it is damaged. Files that are not photos come back unchanged. Never throws
 * and never writes into its input.
 */
export const scrub = (bytes: Uint8Array): Uint8Array => {
  const format = formats[sniff(bytes) ?? ""];
  if (!format) return bytes;
  try {
    return format.scrub(bytes);
  } catch (error) {
    if (error instanceof Unsound) return Buffer.from(format.shortest, "latin1");
    throw error;
  }
};
