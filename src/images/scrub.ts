import { scrubAvif } from "./scrub/avif.ts";
import { scrubGif } from "./scrub/gif.ts";
import { scrubJpeg } from "./scrub/jpeg.ts";
import { scrubPng } from "./scrub/png.ts";
import { scrubTiff } from "./scrub/tiff.ts";
import { scrubWebp } from "./scrub/webp.ts";
import { sniff } from "./sniff.ts";

const scrubbers: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  "image/jpeg": scrubJpeg,
  "image/png": scrubPng,
  "image/webp": scrubWebp,
  "image/gif": scrubGif,
  "image/tiff": scrubTiff,
  "image/avif": scrubAvif,
};

/**
 * A photo without what it tells about where and by whom it was taken: Exif (but not its orientation), XMP, IPTC, comments, and
 * whatever was appended behind the picture. Pixels and colour profile stay as they are, byte for byte. Files that are not photos
 * come back unchanged. Never throws and never writes into its input.
 */
export const scrub = (bytes: Uint8Array): Uint8Array => scrubbers[sniff(bytes) ?? ""]?.(bytes) ?? bytes;
