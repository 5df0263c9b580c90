import { orientationOf } from "./scrub/exif.ts";
import { ascii, reader } from "./scrub/reader.ts";
import { sniff } from "./sniff.ts";

interface Dimensions {
  width: number;
  height: number;
}

const SIDEWAYS = 5; // Exif's orientations from here on swap width and height
const EXIF = "Exif\0\0";

const ofJpeg = (bytes: Uint8Array): Dimensions | undefined => {
  const { u16 } = reader(bytes, false);
  let orientation = 1;
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + u16(at + 2)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xe1 && ascii(bytes, at + 4, at + 10) === EXIF) orientation = orientationOf(bytes.subarray(at + 10));
    // The frame's header, whatever its coding; the other three of these markers are tables.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      const [height, width] = [u16(at + 5), u16(at + 7)];
      return orientation >= SIDEWAYS ? { width: height, height: width } : { width, height };
    }
    if (u16(at + 2) < 2) return undefined;
  }
  return undefined;
};

/** RFC 9649: lossy, lossless, or extended, each with its sizes elsewhere. */
const ofWebp = (bytes: Uint8Array): Dimensions | undefined => {
  const { u16, u32, number } = reader(bytes, true);
  const kind = ascii(bytes, 12, 16);
  if (kind === "VP8X") return { width: number(24, 3) + 1, height: number(27, 3) + 1 };
  if (kind === "VP8 ") return { width: u16(26) & 0x3fff, height: u16(28) & 0x3fff };
  const bits = u32(21);
  return kind === "VP8L" ? { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 } : undefined;
};

const formats: Readonly<Record<string, (bytes: Uint8Array) => Dimensions | undefined>> = {
  "image/jpeg": ofJpeg,
  "image/png": (bytes) => ({ width: reader(bytes, false).u32(16), height: reader(bytes, false).u32(20) }),
  "image/gif": (bytes) => ({ width: reader(bytes, true).u16(6), height: reader(bytes, true).u16(8) }),
  "image/webp": ofWebp,
};

/**
 * How many pixels a picture has, upright, by its header: enough to keep room for it before it is loaded. Nothing where the header does not
 * say, or for formats (AVIF, TIFF) whose headers are not read here. Never throws; whether the picture can be opened is not asked.
 */
export const dimensionsOf = (bytes: Uint8Array): Dimensions | undefined => {
  const found = formats[sniff(bytes) ?? ""]?.(bytes);
  return found && found.width > 0 && found.height > 0 ? found : undefined;
};
