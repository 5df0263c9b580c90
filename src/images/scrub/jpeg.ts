import { onlyOrientation, orientationOf } from "./exif.ts";
import { profileOnly } from "./icc.ts";
import { tableIsSound } from "./jpegTables.ts";
import { ascii, reader } from "./reader.ts";
import { sound, soundPixels } from "./sound.ts";

const START = 0xd8;
const END = 0xd9;
const START_OF_SCAN = 0xda;
const RESTART_INTERVAL = 0xdd;
/** Baseline, extended and progressive, each with Huffman's or arithmetic codes: what decoders open. */
const frames = new Set([0xc0, 0xc1, 0xc2, 0xc9, 0xca]);
const progressive = new Set([0xc2, 0xca]);
const EXIF = "Exif\0\0";
const ICC = "ICC_PROFILE\0";
const MOST_OF_A_PROFILE = 65_519;

const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7;

/** Where the compressed data that begins at `from` ends: at the next marker that is neither a stuffed 0xff nor a restart. */
const endOfScan = (bytes: Buffer, from: number, restarts: boolean): number => {
  let at = from;
  for (;;) {
    at = bytes.indexOf(0xff, at);
    sound(at >= 0 && at + 1 < bytes.length, "an end of the compressed data");
    const next = bytes[at + 1] as number;
    if (next !== 0 && !isRestart(next)) return at;
    sound(next === 0 || restarts, "restarts only where their interval was told");
    at += 2;
  }
};

const segment = (marker: number, ...parts: Uint8Array[]): Uint8Array => {
  const payload = Buffer.concat(parts);
  return Buffer.concat([Uint8Array.of(0xff, marker, (payload.length + 2) >> 8, (payload.length + 2) & 255), payload]);
};

/** The profile that the segments are parts of, in segments again. */
const profileSegments = (parts: readonly Uint8Array[]): Uint8Array[] => {
  const inOrder = parts.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0)).map((it) => it.subarray(2));
  const profile = profileOnly(Buffer.concat(inOrder));
  const count = Math.ceil((profile?.length ?? 0) / MOST_OF_A_PROFILE);
  return Array.from({ length: count }, (_, i) =>
    segment(
      0xe2,
      Buffer.from(ICC),
      Uint8Array.of(i + 1, count),
      profile?.subarray(i * MOST_OF_A_PROFILE, (i + 1) * MOST_OF_A_PROFILE) ?? Buffer.alloc(0),
    ),
  );
};

/**
 * Writes the file anew, out of the segments that make the picture, up to the end of its first one: phones append films and second
 * pictures. Of the others it keeps what changes how pixels look: JFIF's density, the colour profile, Adobe's colour transform.
 */
export const scrubJpeg = (file: Uint8Array): Uint8Array => {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const { u16 } = reader(bytes, false);
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  const profile: Uint8Array[] = [];
  let orientation = 1;
  let frame: number | undefined;
  let components = 0;
  let scanned = 0;
  let restarts = false;
  for (let at = bytes.indexOf(0xff, 2); ; at = bytes.indexOf(0xff, at)) {
    sound(at >= 0 && at + 1 < bytes.length, "an end of the picture");
    const marker = bytes[at + 1] as number;
    if (marker === END) return Buffer.concat([...kept, bytes.subarray(at, at + 2)]);
    if (marker === 0xff || marker === 0) {
      at += marker === 0xff ? 1 : 2; // Bytes that fill up, and rubbish between segments: neither is kept.
      continue;
    }
    sound(marker !== START && !isRestart(marker), "one picture");
    const length = u16(at + 2);
    const end = at + 2 + length;
    sound(marker > 1 && length >= 2 && end <= bytes.length, "segments that fit");
    const payload = bytes.subarray(at + 4, end);
    if (frames.has(marker)) {
      sound(frame === undefined, "one frame");
      frame = marker;
      components = payload[5] ?? 0;
    }
    if (marker === RESTART_INTERVAL) restarts ||= u16(at + 4) > 0;
    if (marker === 0xe1 && orientation === 1 && ascii(payload, 0, 6) === EXIF) {
      orientation = orientationOf(payload.subarray(6));
      if (orientation !== 1) kept.push(segment(0xe1, Buffer.from(EXIF), onlyOrientation(orientation)));
    } else if (marker === 0xe2 && ascii(payload, 0, 12) === ICC) {
      profile.push(payload.subarray(12));
    } else if (marker === 0xe0 && ascii(payload, 0, 5) === "JFIF\0" && payload.length >= 14) {
      kept.push(segment(marker, payload.subarray(0, 12), Uint8Array.of(0, 0))); // Its thumbnail is left out.
    } else if (marker === 0xee && ascii(payload, 0, 5) === "Adobe" && payload.length >= 12) {
      kept.push(segment(marker, payload.subarray(0, 12)));
    } else if (marker >= 0xc0 && marker <= 0xdd && marker !== 0xdc) {
      sound(tableIsSound(marker, payload), "tables of the right length");
      soundPixels(payload);
      if (marker === START_OF_SCAN) kept.push(...profileSegments(profile.splice(0)));
      kept.push(bytes.subarray(at, end));
    }
    at = end;
    if (marker !== START_OF_SCAN) continue;
    scanned += payload[0] ?? 0;
    sound(frame !== undefined && (progressive.has(frame) || scanned <= components), "scans of this frame");
    at = endOfScan(bytes, end, restarts);
    soundPixels(bytes.subarray(end, at));
    kept.push(bytes.subarray(end, at));
  }
};
