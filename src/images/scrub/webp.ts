import { onlyOrientation, orientationOf } from "./exif.ts";
import { ascii, reader } from "./reader.ts";

const pictureChunks = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"]);
/** Bits of VP8X that announce an EXIF and an XMP chunk. */
const EXIF_BIT = 0x08;
const XMP_BIT = 0x04;

/** Leaves out every chunk that is not the picture, puts the orientation back, and says so in VP8X. */
export const scrubWebp = (bytes: Uint8Array): Uint8Array => {
  const { u32 } = reader(bytes, true);
  const kept: Uint8Array[] = [];
  let extended: Uint8Array | undefined;
  let orientation = 1;
  const last = Math.min(bytes.length, 8 + u32(4));
  for (let at = 12; at + 8 <= last; ) {
    const type = ascii(bytes, at, at + 4);
    const size = u32(at + 4);
    const end = at + 8 + size + (size % 2);
    const whole = Uint8Array.from(type === "VP8X" ? bytes.subarray(at, end) : []);
    if (type === "VP8X") extended ??= whole;
    if (type === "EXIF") {
      const payload = bytes.subarray(at + 8, end);
      // Some programs write the marker that only JPEG needs.
      orientation = orientationOf(ascii(payload, 0, 6) === "Exif\0\0" ? payload.subarray(6) : payload);
    } else if (pictureChunks.has(type)) kept.push(type === "VP8X" ? whole : bytes.subarray(at, Math.min(end, last)));
    at = end;
  }
  if (extended && extended.length > 8) {
    extended[8] = ((extended[8] ?? 0) & ~(EXIF_BIT | XMP_BIT)) | (orientation === 1 ? 0 : EXIF_BIT);
    if (orientation !== 1) kept.push(Buffer.from("EXIF\x1a\0\0\0", "latin1"), onlyOrientation(orientation));
  }
  const out = Buffer.concat([bytes.subarray(0, 12), ...kept]);
  if (out.length >= 12) out.writeUInt32LE(out.length - 8, 4);
  return out;
};
