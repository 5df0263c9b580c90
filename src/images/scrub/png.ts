import { crc32 } from "node:zlib";
import { onlyOrientation, orientationOf } from "./exif.ts";
import { ascii, reader } from "./reader.ts";

/** Chunks that change how the pixels look; those with a capital first letter are the picture itself. Text, time and Exif are neither. */
const looks = new Set([
  "tRNS",
  "gAMA",
  "cHRM",
  "sRGB",
  "iCCP",
  "cICP",
  "mDCV",
  "cLLI",
  "sBIT",
  "bKGD",
  "pHYs",
  "sPLT",
  "hIST",
  "acTL",
  "fcTL",
  "fdAT",
]);

const chunk = (type: string, payload: Uint8Array): Uint8Array => {
  const body = Buffer.concat([Buffer.from(type, "latin1"), payload]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(payload.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
};

/** Leaves out chunks, and whatever follows the last one; replaces Exif by its orientation. */
export const scrubPng = (bytes: Uint8Array): Uint8Array => {
  const { u32 } = reader(bytes, false);
  const kept: Uint8Array[] = [bytes.subarray(0, 8)];
  for (let at = 8; at + 8 <= bytes.length; ) {
    const type = ascii(bytes, at + 4, at + 8);
    const end = at + 12 + u32(at);
    if (type === "eXIf") {
      const orientation = orientationOf(bytes.subarray(at + 8, end - 4));
      if (orientation !== 1) kept.push(chunk("eXIf", onlyOrientation(orientation)));
    } else if (/^[A-Z]/.test(type) || looks.has(type)) kept.push(bytes.subarray(at, end));
    if (type === "IEND") break;
    at = end;
  }
  return Buffer.concat(kept);
};
