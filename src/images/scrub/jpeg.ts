import { onlyOrientation, orientationOf } from "./exif.ts";
import { ascii, reader } from "./reader.ts";

const START_OF_SCAN = 0xda;
const END = 0xd9;
const COMMENT = 0xfe;
const EXIF = "Exif\0\0";

/** The parts of metadata that change how pixels look: JFIF's density and the colour profile, and Adobe's colour transform. */
const keeps = (marker: number, payload: Uint8Array): boolean => {
  if (marker === COMMENT) return false;
  if (marker < 0xe0 || marker > 0xef) return true;
  if (marker === 0xe0) return ascii(payload, 0, 5) === "JFIF\0";
  if (marker === 0xe2) return ascii(payload, 0, 12) === "ICC_PROFILE\0";
  return marker === 0xee && ascii(payload, 0, 5) === "Adobe";
};

/** Where the compressed data that begins at `from` ends: at the next marker that is neither a stuffed 0xff nor a restart. */
const endOfScan = (bytes: Buffer, from: number): number => {
  let at = from;
  for (;;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 1 >= bytes.length) return bytes.length;
    const next = bytes[at + 1] as number;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
    at += next === 0xff ? 1 : 2;
  }
};

const exifSegment = (orientation: number): Uint8Array => {
  const payload = Buffer.concat([Buffer.from(EXIF, "latin1"), onlyOrientation(orientation)]);
  return Buffer.concat([Uint8Array.of(0xff, 0xe1, 0, payload.length + 2), payload]);
};

/** Writes the file anew, segment by segment, up to the end of its first picture: phones append films and second pictures. */
export const scrubJpeg = (file: Uint8Array): Uint8Array => {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const { u16 } = reader(bytes, false);
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let orientation = 1;
  for (let at = bytes.indexOf(0xff, 2); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at)) {
    const marker = bytes[at + 1] as number;
    if (marker === END) {
      kept.push(bytes.subarray(at, at + 2));
      break;
    }
    // Fill bytes, restarts and a second start stand alone, without a length.
    if (marker === 0xff || marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const end = at + 2 + Math.max(2, u16(at + 2));
    const payload = bytes.subarray(at + 4, end);
    if (marker === 0xe1 && orientation === 1 && ascii(payload, 0, 6) === EXIF) {
      orientation = orientationOf(payload.subarray(6));
      if (orientation !== 1) kept.push(exifSegment(orientation));
    } else if (keeps(marker, payload)) kept.push(bytes.subarray(at, end));
    at = marker === START_OF_SCAN ? endOfScan(bytes, end) : end;
    if (marker === START_OF_SCAN) kept.push(bytes.subarray(end, at));
  }
  return Buffer.concat(kept);
};
