import { profileOnly } from "./icc.ts";
import { scrubJpeg } from "./jpeg.ts";
import { openMask } from "./mask.ts";
import { ascii, reader } from "./reader.ts";
import { sound, soundPixels } from "./sound.ts";
import { looks, sizes, tags } from "./tiffTags.ts";

interface Field {
  tag: number;
  type: number;
  count: number;
  /** Where its entry stands, where its values do, and how many bytes they take. */
  entry: number;
  at: number;
  length: number;
  inline: boolean;
}

const MOST_FIELDS = 4096;
const UNCOMPRESSED = 1;
const JPEG = 7;
const SEPARATE_PLANES = 2;

/**
 * Keeps of a TIFF its first directory, of that the fields that make the picture, and the strips or tiles they point to, each where it
 * lies; everything else becomes zeros: Exif, GPS, XMP, names, further pages (the thumbnail often is one), and what nothing points to.
 */
export const scrubTiff = (file: Uint8Array): Uint8Array => {
  const bytes = Uint8Array.from(file);
  const littleEndian = ascii(bytes, 0, 2) === "II";
  const { number, u16 } = reader(bytes, littleEndian);
  const big = u16(2) === 43;
  const [countSize, entrySize, wordSize] = big ? [8, 20, 8] : [2, 12, 4];
  const mask = openMask(bytes.length);
  const write = (at: number, size: number, value: number) => {
    for (let i = 0; i < size; i++) bytes[littleEndian ? at + i : at + size - 1 - i] = Math.floor(value / 256 ** i) % 256;
  };

  const directory = number(big ? 8 : 4, wordSize);
  const count = number(directory, countSize);
  const end = directory + countSize + count * entrySize;
  sound(count <= MOST_FIELDS && mask.claim(0, big ? 16 : 8, "structure"), "a header");
  sound(mask.claim(directory, end + wordSize - directory, "structure"), "a directory inside the file");

  const fields = Array.from({ length: count }, (_, i): Field => {
    const entry = directory + countSize + i * entrySize;
    const [tag, type, values] = [u16(entry), u16(entry + 2), number(entry + 4, wordSize)];
    const length = (sizes[type] ?? 1) * values;
    const own = entry + 4 + wordSize;
    const inline = length <= wordSize;
    return { tag, type, count: values, entry, length, inline, at: inline ? own : number(own, wordSize) };
  });
  const belongs = ({ tag, type, count: values, at, length }: Field): boolean => {
    const look = looks.get(tag);
    if (!look?.types.includes(type) || values > look.most) return false;
    return tag !== tags.profile || profileOnly(bytes.subarray(at, at + length))?.length === length;
  };
  const stay = fields.filter(belongs);
  sound(new Set(stay.map((it) => it.tag)).size === stay.length, "each field once");
  for (const it of stay) sound(it.inline || mask.claim(it.at, it.length, "structure"), "values inside the file");
  for (const it of fields)
    if (!stay.includes(it) && !it.inline && it.at + it.length <= bytes.length)
      sound(mask.claim(it.at, it.length, "metadata"), "metadata of its own");

  const valuesOf = (tag: number): number[] => {
    const it = stay.find((field) => field.tag === tag);
    const size = sizes[it?.type ?? 0] ?? 0;
    return it ? Array.from({ length: it.count }, (_, i) => number(it.at + i * size, size)) : [];
  };
  const first = (tag: number, otherwise: number) => valuesOf(tag)[0] ?? otherwise;
  const [width, height, compression] = [first(tags.width, 0), first(tags.height, 0), first(tags.compression, UNCOMPRESSED)];
  const bits = valuesOf(tags.bits).reduce((total, it) => total + it, 0) || 1;
  const separate = first(tags.planar, 1) === SEPARATE_PLANES;
  const tiled = valuesOf(tags.tileOffsets).length > 0;
  const rows = tiled ? first(tags.tileHeight, 1) : Math.min(height, first(tags.rowsPerStrip, height));
  const across = tiled ? first(tags.tileWidth, 1) : width;
  const offsets = valuesOf(tiled ? tags.tileOffsets : tags.stripOffsets);
  const lengths = valuesOf(tiled ? tags.tileBytes : tags.stripBytes);
  const expected = Math.ceil(height / rows) * Math.ceil(width / across) * (separate ? first(tags.samples, 1) : 1);
  sound(
    offsets.length === 0 || (offsets.length === expected && lengths.length === expected),
    "as many strips as the picture has",
  );
  const most = rows * Math.ceil((across * (separate ? bits / first(tags.samples, 1) : bits)) / 8);

  const scrubInside = (at: number, length: number) => {
    const clean = scrubJpeg(bytes.subarray(at, at + length));
    bytes.fill(0, at + clean.length, at + length);
    bytes.set(clean, at);
  };
  offsets.forEach((at, i) => {
    const given = lengths[i] as number;
    const length = compression === UNCOMPRESSED ? Math.min(given, most) : given;
    sound(mask.claim(at, length, "pixels"), "strips that hold nothing else");
    if (compression === JPEG) scrubInside(at, length);
    else soundPixels(bytes.subarray(at, at + length));
  });
  for (const { tag, at, length } of stay) if (tag === tags.jpegTables) scrubInside(at, length);

  const kept = stay.map((it) => bytes.slice(it.entry, it.entry + entrySize));
  bytes.fill(0, directory, end + wordSize);
  write(directory, countSize, stay.length);
  bytes.set(Buffer.concat(kept), directory + countSize);
  mask.wipeRest(bytes);
  return bytes;
};
