import { ascii, reader } from "./reader.ts";
import { sound } from "./sound.ts";

/** A box of an ISO media file. */
export interface Box {
  type: string;
  /** Where its length stands, where its content begins, and where it ends. */
  at: number;
  from: number;
  to: number;
}

/** The boxes that fill a part of a file exactly. The last one of a whole file may leave its length open. */
export const boxesIn = (bytes: Uint8Array, from: number, to: number): Box[] => {
  const { number, u32 } = reader(bytes, false);
  const found: Box[] = [];
  for (let at = from; at < to; ) {
    const short = u32(at);
    const size = short === 1 ? number(at + 8, 8) : short === 0 && to === bytes.length ? to - at : short;
    sound(size >= (short === 1 ? 16 : 8) && at + size <= to, "boxes that fit");
    found.push({ type: ascii(bytes, at + 4, at + 8), at, from: at + (short === 1 ? 16 : 8), to: at + size });
    at += size;
  }
  return found;
};

/** Makes of a box one that says nothing, of the same length. */
export const blank = (bytes: Uint8Array, { at, from, to }: Box): void => {
  bytes.set(Buffer.from("free"), at + 4);
  bytes.fill(0, from, to);
};
