import { buffer } from "node:stream/consumers";
import { crc32, deflateRawSync } from "node:zlib";
import { zipped } from "../../src/data/zip/write.ts";

/** A zip of these files, by their paths. */
export const zipOf = (files: Readonly<Record<string, Uint8Array>>): Promise<Buffer> =>
  buffer(
    zipped(
      (async function* () {
        for (const [path, bytes] of Object.entries(files)) yield { path, bytes: Buffer.from(bytes) };
      })(),
    ),
  );

/** An entry as a program with other habits, or with bad intentions, writes it. */
export interface RawEntry {
  name: string | Uint8Array;
  bytes: Uint8Array;
  /** General purpose flags: 0x800 says that the name is UTF-8, 1 that it is encrypted. None unless stated. */
  flags?: number;
  /** Packed; stored as it is unless stated. */
  deflated?: true;
  /** What the headers say that it unpacks to, where that is not so. */
  claimedSize?: number;
  /** Unix mode, as of a link. */
  mode?: number;
}

/** A zip byte by byte, for what no library writes: other encodings, false sizes, links, paths that lead out. APPNOTE.TXT 4.3. */
export const rawZip = (entries: readonly RawEntry[]): Buffer => {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, flags = 0, deflated, claimedSize = bytes.length, mode = 0o100644 } of entries) {
    const path = Buffer.from(name);
    const data = deflated ? deflateRawSync(bytes) : Buffer.from(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(deflated ? 8 : 0, 4);
    common.writeUInt32LE(0x21, 6);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(claimedSize, 18);
    common.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, path, data]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((mode << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x03"), common, rest, path]));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
};
