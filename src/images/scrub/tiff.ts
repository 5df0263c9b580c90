import { ascii, reader } from "./reader.ts";

/** Bytes of one value of each TIFF type. */
const sizes: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
};
const SUB_DIRECTORIES = 0x014a;
/** Directories of their own: Exif and GPS. */
const directories = new Set([0x8769, 0x8825]);
/** XMP, IPTC, Photoshop; the georeferences of maps and cameras' private data; description, artist, computer, and Windows' own. */
const values = new Set([
  ...[0x02bc, 0x83bb, 0x8649],
  ...[0x830e, 0x8482, 0x85d8, 0x87af, 0x87b0, 0x87b1, 0xc634],
  ...[0x010e, 0x013b, 0x013c, 0x9c9b, 0x9c9c, 0x9c9d, 0x9c9e, 0x9c9f],
]);
/** More directories than any photo has; a rubbish file may send us in circles. */
const MOST = 64;

/** Wipes Exif, GPS and the like where they lie, and takes them out of their directories. Nothing moves, so offsets stay true. */
export const scrubTiff = (file: Uint8Array): Uint8Array => {
  const bytes = Uint8Array.from(file);
  const { number, u16 } = reader(bytes, ascii(bytes, 0, 2) === "II");
  const big = u16(2) === 43;
  const [countSize, entrySize, wordSize] = big ? [8, 20, 8] : [2, 12, 4];
  const seen = new Set<number>();

  const entriesOf = (directory: number): number[] => {
    const count = Math.min(number(directory, countSize), 4096, Math.floor((bytes.length - directory) / entrySize));
    return Array.from({ length: Math.max(0, count) }, (_, i) => directory + countSize + i * entrySize);
  };
  const contentOf = (entry: number) => {
    const length = (sizes[u16(entry + 2)] ?? 1) * number(entry + 4, wordSize);
    const inline = entry + 4 + wordSize;
    return { at: length <= wordSize ? inline : number(inline, wordSize), length };
  };
  const wipe = (from: number, to: number) => void bytes.fill(0, from, to);
  const isNew = (directory: number) =>
    directory > 0 && directory < bytes.length && seen.size < MOST && !seen.has(directory) && seen.add(directory);

  /** Everything a directory holds and points to, and itself. */
  const erase = (directory: number): void => {
    if (!isNew(directory)) return;
    const entries = entriesOf(directory);
    for (const entry of entries) {
      const { at, length } = contentOf(entry);
      wipe(at, at + length);
    }
    wipe(directory, directory + countSize + entries.length * entrySize);
  };

  const clean = (directory: number): void => {
    if (!isNew(directory)) return;
    const entries = entriesOf(directory);
    const end = directory + countSize + entries.length * entrySize;
    const next = number(end, wordSize);
    const stay = entries.filter((entry) => {
      const { at, length } = contentOf(entry);
      const tag = u16(entry);
      if (tag === SUB_DIRECTORIES)
        for (let i = 0; i < Math.min(length / wordSize, MOST); i++) clean(number(at + i * wordSize, wordSize));
      if (directories.has(tag)) erase(number(at, wordSize));
      if (values.has(tag)) wipe(at, at + length);
      return !directories.has(tag) && !values.has(tag);
    });
    if (stay.length < entries.length) {
      const rest = bytes.slice(end, end + wordSize);
      const kept = Buffer.concat(stay.map((entry) => bytes.slice(entry, entry + entrySize)));
      wipe(directory, end + wordSize);
      const countAt = ascii(bytes, 0, 2) === "II" ? directory : directory + countSize - 2;
      bytes.set(
        ascii(bytes, 0, 2) === "II" ? [stay.length & 0xff, stay.length >> 8] : [stay.length >> 8, stay.length & 0xff],
        countAt,
      );
      bytes.set(kept, directory + countSize);
      bytes.set(rest, directory + countSize + kept.length);
    }
    clean(next);
  };
  clean(number(big ? 8 : 4, wordSize));
  return bytes;
};
