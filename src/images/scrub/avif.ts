import { onlyOrientation, orientationOf } from "./exif.ts";
import { ascii, reader } from "./reader.ts";

interface Box {
  type: string;
  /** Where its length stands, where its content begins, and where it ends. */
  at: number;
  from: number;
  to: number;
}

/** Wipes Exif and XMP items where they lie, and boxes of unknown makers. Nothing moves, so offsets stay true. */
export const scrubAvif = (file: Uint8Array): Uint8Array => {
  const bytes = Uint8Array.from(file);
  const { number, u16, u32 } = reader(bytes, false);

  const boxes = (from: number, to: number): Box[] => {
    const found: Box[] = [];
    for (let at = from; at + 8 <= to; ) {
      const short = u32(at);
      const size = short === 1 ? number(at + 8, 8) : short === 0 ? to - at : short;
      if (size < 8) break;
      found.push({ type: ascii(bytes, at + 4, at + 8), at, from: at + (short === 1 ? 16 : 8), to: Math.min(to, at + size) });
      at += size;
    }
    return found;
  };

  /** Ids of the items that are Exif or XMP (or other MIME data). */
  const secrets = ({ from, to }: Box): Map<number, string> => {
    const wide = bytes[from] !== 0;
    const ids = new Map<number, string>();
    for (const entry of boxes(from + (wide ? 8 : 6), to).filter((it) => it.type === "infe")) {
      const version = bytes[entry.from] ?? 0;
      const idSize = version === 3 ? 4 : 2;
      const type = ascii(bytes, entry.from + 6 + idSize, entry.from + 10 + idSize);
      if (version >= 2 && ["Exif", "mime", "uri "].includes(type)) ids.set(number(entry.from + 4, idSize), type);
    }
    return ids;
  };

  const erase = (from: number, to: number, type: string) => {
    const payload = bytes.subarray(from, to);
    // Four bytes say where the byte-order mark is, counted from behind them.
    const orientation = orientationOf(payload.subarray(4 + u32(from)));
    payload.fill(type === "Exif" ? 0 : 0x20);
    const smallest = onlyOrientation(orientation);
    if (type === "Exif" && payload.length >= smallest.length + 4) payload.set(smallest, 4);
  };

  /** Reads where the items lie (`iloc`) and erases those of `ids`. */
  const eraseItems = ({ from, to }: Box, ids: ReadonlyMap<number, string>, data: number) => {
    const version = bytes[from] ?? 0;
    const sizes = u16(from + 4);
    const [offsetSize, lengthSize, baseSize, indexSize] = [
      sizes >> 12,
      (sizes >> 8) & 15,
      (sizes >> 4) & 15,
      version > 0 ? sizes & 15 : 0,
    ];
    const idSize = version < 2 ? 2 : 4;
    let at = from + 6 + idSize;
    for (let left = number(from + 6, idSize); left > 0 && at < to; left--) {
      const type = ids.get(number(at, idSize));
      at += idSize;
      const inData = version > 0 && (u16(at) & 15) === 1;
      at += version > 0 ? 4 : 2;
      const base = number(at, baseSize) + (inData ? data : 0);
      at += baseSize;
      const extents = u16(at);
      at += 2;
      for (let i = 0; i < extents && at < to; i++) {
        const start = base + number(at + indexSize, offsetSize);
        const length = number(at + indexSize + offsetSize, lengthSize);
        at += indexSize + offsetSize + lengthSize;
        if (type) erase(start, length === 0 ? bytes.length : start + length, type);
      }
    }
  };

  const clean = (from: number, to: number, depth: number): void => {
    for (const box of boxes(from, to)) {
      if (box.type === "uuid" || box.type === "udta") {
        bytes.set(Buffer.from("free"), box.at + 4);
        bytes.fill(0, box.from, box.to);
      }
      if (["moov", "trak"].includes(box.type) && depth < 4) clean(box.from, box.to, depth + 1);
      if (box.type !== "meta") continue;
      const inside = boxes(box.from + 4, box.to);
      const [names, places, data] = ["iinf", "iloc", "idat"].map((type) => inside.find((it) => it.type === type));
      if (names && places) eraseItems(places, secrets(names), data?.from ?? 0);
    }
  };
  clean(0, bytes.length, 0);
  return bytes;
};
