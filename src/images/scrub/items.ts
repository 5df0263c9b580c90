import { type Box, boxesIn } from "./boxes.ts";
import { ascii, reader } from "./reader.ts";
import { sound } from "./sound.ts";

/** The kind of each item by its number, as `iinf` lists them. Names, which may stand behind the kind, are wiped. */
export const itemTypes = (bytes: Uint8Array, { from, to }: Box): Map<number, string> => {
  const { number } = reader(bytes, false);
  const types = new Map<number, string>();
  for (const entry of boxesIn(bytes, from + (bytes[from] === 0 ? 6 : 8), to)) {
    const version = bytes[entry.from] ?? 0;
    const idSize = version === 3 ? 4 : 2;
    const behind = entry.from + 10 + idSize;
    sound(entry.type === "infe" && version >= 2 && behind <= entry.to, "items of a known kind");
    types.set(number(entry.from + 4, idSize), ascii(bytes, behind - 4, behind));
    bytes.fill(0, behind, entry.to);
  }
  return types;
};

/** Tells where each item's data lies, as `iloc` lists it; `data` is where the content of `idat` begins. */
export const eachExtent = (
  bytes: Uint8Array,
  { from, to }: Box,
  data: number,
  onPart: (item: number, from: number, length: number) => void,
): void => {
  const { number, u16 } = reader(bytes, false);
  const version = bytes[from] ?? 0;
  const sizes = u16(from + 4);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexSize = version > 0 ? sizes & 15 : 0;
  const idSize = version < 2 ? 2 : 4;
  let at = from + 6 + idSize;
  for (let left = number(from + 6, idSize); left > 0; left--) {
    const item = number(at, idSize);
    at += idSize;
    const method = version > 0 ? u16(at) & 15 : 0;
    sound(method <= 1, "items in the file or beside it");
    at += version > 0 ? 4 : 2;
    const base = number(at, baseSize) + (method === 1 ? data : 0);
    at += baseSize;
    const extents = u16(at);
    at += 2;
    for (let i = 0; i < extents; i++) {
      const start = base + number(at + indexSize, offsetSize);
      const length = number(at + indexSize + offsetSize, lengthSize);
      at += indexSize + offsetSize + lengthSize;
      sound(at <= to, "places inside their list");
      onPart(item, start, length === 0 ? bytes.length - start : length);
    }
  }
  sound(at === to, "a list as long as it says");
};
