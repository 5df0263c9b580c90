import { sound, soundPixels } from "./sound.ts";

/** Kinds of units that make the picture: sequence header, temporal delimiter, frame header, tile group, frame, redundant header, tile list. */
const PICTURE = new Set([1, 2, 3, 4, 6, 7, 8]);
const PADDING = 15;

/**
 * Wipes in place those units of AV1 data that are not the picture. The units have to fill the data exactly, so that a wrong length
 * never takes something else for pixels.
 */
export const scrubAv1 = (bytes: Uint8Array): void => {
  for (let at = 0; at < bytes.length; ) {
    const header = bytes[at] as number;
    const type = (header >> 3) & 15;
    const begin = at + 1 + ((header >> 2) & 1);
    sound((header & 0x81) === 0, "units of AV1");
    let [length, size] = [0, bytes.length - begin];
    if (header & 2) {
      // Seven bits a byte, the lowest first; the eighth says that another byte follows.
      size = 0;
      do {
        sound(length < 4 && begin + length < bytes.length, "lengths of units");
        size += ((bytes[begin + length] as number) & 127) * 128 ** length;
      } while ((bytes[begin + length++] as number) & 128);
    }
    const end = begin + length + size;
    sound(end <= bytes.length && size >= 0, "units that fit");
    const payload = bytes.subarray(begin + length, end);
    if (PICTURE.has(type)) soundPixels(payload);
    else {
      bytes[at] = (header & ~0x78) | (PADDING << 3);
      payload.fill(0);
    }
    at = end;
  }
};
