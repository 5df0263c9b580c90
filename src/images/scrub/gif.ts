import { ascii } from "./reader.ts";

const EXTENSION = 0x21;
const FRAME = 0x2c;
const TRAILER = 0x3b;
const COMMENT = 0xfe;
const APPLICATION = 0xff;

/** Leaves out comments and application blocks (XMP is one), except those that say how often the animation repeats. */
export const scrubGif = (bytes: Uint8Array): Uint8Array => {
  const at = (i: number) => bytes[i] ?? 0;
  const colours = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  /** Behind the chain of sub-blocks that begins here; each says its length first, the last one 0. */
  const behind = (from: number): number => {
    let i = from;
    while (i < bytes.length && at(i) !== 0) i += at(i) + 1;
    return i + 1;
  };
  let i = 13 + colours(at(10));
  const kept: Uint8Array[] = [bytes.subarray(0, i)];
  while (i < bytes.length && (at(i) === EXTENSION || at(i) === FRAME)) {
    const frame = at(i) === FRAME;
    const end = behind(frame ? i + 11 + colours(at(i + 9)) : i + 2);
    const label = at(i + 1);
    const repeats = /^(NETSCAPE2\.0|ANIMEXTS1\.0)$/.test(ascii(bytes, i + 3, i + 14));
    if (frame || (label !== COMMENT && (label !== APPLICATION || repeats))) kept.push(bytes.subarray(i, end));
    i = end;
  }
  return Buffer.concat([...kept, Uint8Array.of(TRAILER)]);
};
