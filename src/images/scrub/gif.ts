import { bytesToDraw } from "./lzw.ts";
import { ascii, reader } from "./reader.ts";
import { sound, soundPixels } from "./sound.ts";

const EXTENSION = 0x21;
const FRAME = 0x2c;
const TRAILER = 0x3b;
const CONTROL = 0xf9;
const APPLICATION = 0xff;
const HEADER = 13;

/** Sub-blocks, each of which says its length first, until they have so many bytes; and the empty one that ends them. */
const blocksOf = (bytes: Uint8Array, from: number, count: number): Uint8Array => {
  const parts: Uint8Array[] = [];
  for (let at = from, left = count; left > 0; ) {
    const length = Math.min(left, bytes[at] ?? 0);
    parts.push(Uint8Array.of(length), bytes.subarray(at + 1, at + 1 + length));
    left -= length;
    at += (bytes[at] ?? 0) + 1;
  }
  return Buffer.concat([...parts, Uint8Array.of(0)]);
};

/**
 * Writes the file anew: its frames, each up to its last pixel, their times, and how often the animation repeats. Comments, XMP and the
 * like are left out. What comes behind a frame that is not whole is left out too: there nobody can tell pixels from something else.
 */
export const scrubGif = (bytes: Uint8Array): Uint8Array => {
  const { u16 } = reader(bytes, true);
  const at = (i: number) => bytes[i] ?? 0;
  const colours = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  /** What the chain of sub-blocks that begins here holds, and where it ends. */
  const chain = (from: number): { data: Uint8Array; end: number } => {
    const parts: Uint8Array[] = [];
    let i = from;
    for (; i < bytes.length && at(i) !== 0; i += at(i) + 1) parts.push(bytes.subarray(i + 1, i + 1 + at(i)));
    return { data: Buffer.concat(parts), end: i + 1 };
  };
  let i = HEADER + colours(at(10));
  soundPixels(bytes.subarray(6, i));
  const kept: Uint8Array[] = [Buffer.from("GIF89a"), bytes.subarray(6, i)];
  let frames = 0;
  while (i < bytes.length && (at(i) === EXTENSION || at(i) === FRAME)) {
    const start = i + (at(i) === FRAME ? 11 + colours(at(i + 9)) : 2);
    const { data, end } = chain(start);
    if (at(i) === FRAME) {
      const minimum = at(start - 1);
      const needed = minimum >= 1 && minimum <= 11 ? bytesToDraw(data, minimum, u16(i + 5) * u16(i + 7)) : undefined;
      if (needed === undefined) break;
      soundPixels(bytes.subarray(i, start));
      frames++;
      kept.push(bytes.subarray(i, start), blocksOf(bytes, start, needed));
    } else if (at(i + 1) === CONTROL && data.length === 4) kept.push(bytes.subarray(i, i + 8));
    else if (
      at(i + 1) === APPLICATION &&
      /^(NETSCAPE2\.0|ANIMEXTS1\.0)$/.test(ascii(data, 0, 11)) &&
      data[11] === 1 &&
      data.length >= 14
    )
      kept.push(bytes.subarray(i, i + 14), Uint8Array.of(3), data.subarray(11, 14), Uint8Array.of(0));
    i = end;
  }
  sound(frames > 0, "a whole frame");
  return Buffer.concat([...kept, Uint8Array.of(TRAILER)]);
};
