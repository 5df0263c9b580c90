import { ascii, reader } from "./reader.ts";

const ORIENTATION = 0x0112;

/** The orientation that an Exif block (from its byte-order mark on) asks for, 1..8; 1 where it asks for none. */
export const orientationOf = (exif: Uint8Array): number => {
  const { u16, u32 } = reader(exif, ascii(exif, 0, 2) === "II");
  const first = u32(4);
  const count = Math.min(u16(first), 512);
  for (let i = 0; i < count; i++) {
    const entry = first + 2 + 12 * i;
    if (u16(entry) === ORIENTATION && u16(entry + 8) >= 1 && u16(entry + 8) <= 8) return u16(entry + 8);
  }
  return 1;
};

/** The smallest Exif block: an orientation and nothing else. 26 bytes from its byte-order mark on. */
export const onlyOrientation = (orientation: number): Uint8Array =>
  Uint8Array.of(...Buffer.from("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", "latin1"), orientation, 0, 0, 0, 0, 0, 0, 0);
