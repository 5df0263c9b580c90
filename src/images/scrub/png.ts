import { crc32, deflateSync, inflateSync } from "node:zlib";
import { onlyOrientation, orientationOf } from "./exif.ts";
import { profileOnly } from "./icc.ts";
import { ascii, reader } from "./reader.ts";
import { sound } from "./sound.ts";

/** Chunks of the picture, and those that change how it looks, with the lengths they can have. Text, time and Exif are neither. */
const lengths: Readonly<Record<string, (length: number) => boolean>> = {
  IHDR: (it) => it === 13,
  PLTE: (it) => it % 3 === 0 && it <= 768,
  IDAT: () => true,
  IEND: (it) => it === 0,
  tRNS: (it) => it <= 256,
  gAMA: (it) => it === 4,
  cHRM: (it) => it === 32,
  sRGB: (it) => it === 1,
  cICP: (it) => it === 4,
  mDCV: (it) => it === 24,
  cLLI: (it) => it === 8,
  sBIT: (it) => it <= 4,
  bKGD: (it) => it <= 6,
  pHYs: (it) => it === 9,
  acTL: (it) => it === 8,
  fcTL: (it) => it === 26,
  fdAT: () => true,
};
/** A profile unpacked is below this; the largest for printers have some 2 MB. */
const MOST_OF_A_PROFILE = 4e6;
const DEFLATE = 0;

const chunk = (type: string, payload: Uint8Array): Uint8Array => {
  const body = Buffer.concat([Buffer.from(type, "latin1"), payload]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(payload.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
};

/** The colour profile of an iCCP chunk, under a name that tells nothing. */
const profileIn = (payload: Uint8Array): Uint8Array | undefined => {
  const packed = payload.indexOf(0) + 2;
  try {
    const profile = profileOnly(inflateSync(payload.subarray(packed), { maxOutputLength: MOST_OF_A_PROFILE }));
    return (
      profile && chunk("iCCP", Buffer.concat([Buffer.from("ICC\0", "latin1"), Uint8Array.of(DEFLATE), deflateSync(profile)]))
    );
  } catch {
    return undefined;
  }
};

/**
 * Leaves out chunks, and whatever follows the last one; replaces Exif by its orientation. Every chunk has a checksum, so that a wrong
 * length never makes one chunk out of two.
 */
export const scrubPng = (bytes: Uint8Array): Uint8Array => {
  const { u32 } = reader(bytes, false);
  const kept: Uint8Array[] = [bytes.subarray(0, 8)];
  for (let at = 8; ; ) {
    const type = ascii(bytes, at + 4, at + 8);
    const end = at + 12 + u32(at);
    sound(end <= bytes.length, "chunks that fit");
    sound(crc32(bytes.subarray(at + 4, end - 4)) === u32(end - 4), "checksums that are right");
    const payload = bytes.subarray(at + 8, end - 4);
    if (type === "eXIf") {
      const orientation = orientationOf(payload);
      if (orientation !== 1) kept.push(chunk("eXIf", onlyOrientation(orientation)));
    } else if (type === "iCCP") kept.push(...[profileIn(payload)].filter((it) => it !== undefined));
    else if (Object.hasOwn(lengths, type) && lengths[type]?.(payload.length)) kept.push(bytes.subarray(at, end));
    if (type === "IEND") return Buffer.concat(kept);
    at = end;
  }
};
