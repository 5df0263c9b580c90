import { seeded } from "../../src/random.ts";

/** Where a file's parts begin (the last number is its end), and where their lengths stand and in how many bytes. */
interface Anatomy {
  bounds: number[];
  lengths: { at: number; size: number; littleEndian?: boolean }[];
}

/** Parts one after the other, each found by a function that tells where the next begins and where its length stands. */
const walk = (
  bytes: Buffer,
  start: number,
  next: (at: number) => { end: number; length?: Anatomy["lengths"][0] } | undefined,
): Anatomy => {
  const bounds = [0, start];
  const lengths: Anatomy["lengths"] = [];
  for (let at = start; at < bytes.length && bounds.length < 200; ) {
    const part = at + 12 <= bytes.length ? next(at) : undefined;
    if (!part || part.end <= at || part.end > bytes.length) break;
    if (part.length) lengths.push(part.length);
    at = part.end;
    bounds.push(at);
  }
  return { bounds: [...bounds, bytes.length], lengths };
};

const jpeg = (bytes: Buffer) =>
  walk(bytes, 2, (at) => {
    if (bytes[at] !== 0xff) {
      const end = bytes.indexOf(Buffer.from([0xff, 0xd9]), at);
      return { end: end < 0 ? bytes.length : end };
    }
    if (bytes[at + 1] === 0xd9) return { end: at + 2 };
    return { end: at + 2 + bytes.readUInt16BE(at + 2), length: { at: at + 2, size: 2 } };
  });
const png = (bytes: Buffer) => walk(bytes, 8, (at) => ({ end: at + 12 + bytes.readUInt32BE(at), length: { at, size: 4 } }));
const webp = (bytes: Buffer) =>
  walk(bytes, 12, (at) => {
    const size = bytes.readUInt32LE(at + 4);
    return { end: at + 8 + size + (size % 2), length: { at: at + 4, size: 4, littleEndian: true } };
  });
const gif = (bytes: Buffer) =>
  walk(bytes, 13 + 3 * 2 ** (((bytes[10] ?? 0) & 7) + 1), (at) => {
    let end = at + (bytes[at] === 0x2c ? 11 : 2);
    const length = { at: end, size: 1 };
    while (end < bytes.length && bytes[end] !== 0) end += (bytes[end] as number) + 1;
    return { end: end + 1, length };
  });
const boxes = (bytes: Buffer) => {
  const { bounds, lengths } = walk(bytes, 0, (at) => ({ end: at + bytes.readUInt32BE(at), length: { at, size: 4 } }));
  for (const type of ["hdlr", "iloc", "iinf", "infe", "iprp", "ipco", "colr"]) {
    const at = bytes.indexOf(type) - 4;
    if (at >= 0) lengths.push({ at, size: 4 });
  }
  const places = bytes.indexOf("iloc");
  for (let at = places + 12; places > 0 && at < places + 66; at += 18)
    lengths.push({ at: at + 4, size: 4 }, { at: at + 10, size: 4 }, { at: at + 14, size: 4 });
  return { bounds, lengths };
};
const tiff = (bytes: Buffer): Anatomy => {
  const directory = bytes.readUInt32LE(4);
  const count = bytes.readUInt16LE(directory);
  const entries = Array.from({ length: count }, (_, i) => directory + 2 + 12 * i);
  const lengths = entries.flatMap((at) => [4, 8].map((it) => ({ at: at + it, size: 4, littleEndian: true })));
  return { bounds: [0, 8, directory, directory + 2, ...entries.map((it) => it + 12), bytes.length], lengths };
};

const anatomyOf = (bytes: Buffer): Anatomy => {
  const head = bytes.subarray(0, 4).toString("latin1");
  if (head.startsWith("\xff\xd8")) return jpeg(bytes);
  if (head === "\x89PNG") return png(bytes);
  if (head === "RIFF") return webp(bytes);
  if (head.startsWith("GIF")) return gif(bytes);
  if (head.startsWith("II")) return tiff(bytes);
  return boxes(bytes);
};

/**
 * A photo with something broken in it, the same for the same seed: bytes flipped, cut off, cut out, doubled, moved or filled in,
 * lengths that are wrong, letters in the wrong case, one file inside another.
 */
export const mutate = (photo: Buffer, others: readonly Buffer[], seed: number): Buffer => {
  const rng = seeded(seed);
  const below = (limit: number) => Math.floor(rng() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  let bytes = Buffer.from(photo);
  const part = (bounds: number[]): [number, number] => {
    const i = below(bounds.length - 1);
    return [bounds[i] as number, bounds[i + 1] as number];
  };
  const insert = (at: number, what: Uint8Array) => Buffer.concat([bytes.subarray(0, at), what, bytes.subarray(at)]);
  const kinds: ((anatomy: Anatomy) => Buffer)[] = [
    () => {
      for (let i = below(3); i >= 0; i--) bytes[below(bytes.length)] = below(256);
      return bytes;
    },
    () => {
      const at = below(bytes.length);
      bytes[at] = (bytes[at] as number) ^ (1 << below(8));
      return bytes;
    },
    () => bytes.subarray(0, bytes.length - below(Math.min(bytes.length, 200))),
    () => {
      const from = below(bytes.length);
      return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + 1 + below(8))]);
    },
    ({ bounds }) => {
      const [from, to] = part(bounds);
      return insert(pick(bounds), bytes.subarray(from, to));
    },
    ({ bounds }) => {
      const [from, to] = part(bounds);
      const moved = Buffer.from(bytes.subarray(from, to));
      bytes = Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
      return insert(Math.min(pick(bounds), bytes.length), moved);
    },
    ({ lengths }) => {
      if (lengths.length === 0) return bytes;
      const { at, size, littleEndian } = pick(lengths);
      const most = 2 ** (8 * size) - 1;
      const was = littleEndian ? bytes.readUIntLE(at, size) : bytes.readUIntBE(at, size);
      const value = Math.min(
        most,
        Math.max(0, pick([was + 1, was - 1, 2 * was, was + below(200), was - below(50), 0, most, below(bytes.length)])),
      );
      if (littleEndian) bytes.writeUIntLE(value, at, size);
      else bytes.writeUIntBE(value, at, size);
      return bytes;
    },
    ({ bounds }) => insert(pick(bounds), Buffer.alloc(1 + below(6), pick([0xff, 0, 0x20]))),
    ({ bounds }) => {
      const at = Math.min(bytes.length - 8, pick(bounds)) + below(8);
      if (at >= 0) bytes[at] = (bytes[at] as number) ^ 0x20;
      return bytes;
    },
    ({ bounds }) => insert(rng() < 0.5 ? pick(bounds) : below(bytes.length), pick(others)),
  ];
  for (let i = below(3); i >= 0; i--) if (bytes.length > 64) bytes = Buffer.from(pick(kinds)(safely(bytes)));
  return bytes;
};

/** What is left of a file's parts after the first mutation, where they can still be found. */
const safely = (bytes: Buffer): Anatomy => {
  try {
    const { bounds, lengths } = anatomyOf(bytes);
    const inside = (it: number) => it >= 0 && it <= bytes.length;
    return { bounds: bounds.filter(inside), lengths: lengths.filter((it) => inside(it.at) && inside(it.at + it.size)) };
  } catch {
    return { bounds: [0, bytes.length], lengths: [] };
  }
};
