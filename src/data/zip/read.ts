import type { Readable } from "node:stream";
import { type Entry, fromBufferPromise, type ZipFile } from "yauzl";
import { UserError } from "../../errors.ts";
import { entryName } from "./entryName.ts";

/** What may be in a zip. All of it is counted while it is unpacked: what headers say is only believed where it is too much. */
export interface ZipLimits {
  /** Entries, folders included. */
  entries: number;
  /** Unpacked bytes of one file. */
  fileBytes: number;
  /** Unpacked bytes of all files that are opened. */
  totalBytes: number;
}

/** A file in a zip. Nothing is ever written under its path. */
export interface ZippedFile {
  path: string;
  /** A symbolic link, whose content is a path. */
  isLink: boolean;
  isEncrypted: boolean;
  /**
   * Its bytes; undefined where they are damaged or packed in a way that nobody can unpack, or where `wanted` says no to the first of
   * them. Throws `FileTooLarge` for a file above the limit, and the UserError `zip_unpacked` once all files together are.
   */
  read(wanted: (head: Uint8Array) => boolean): Promise<Buffer | undefined>;
}

/** A file in a zip has more bytes than one may have. */
export class FileTooLarge extends Error {}

const damaged = (cause: unknown): never => {
  throw new UserError("not_a_zip", {}, { cause });
};

const S_IFMT = 0xf000;
const S_IFLNK = 0xa000;
/** The kind of file that Unix noted, wherever the zip says that it was made there. */
const isLink = ({ externalFileAttributes }: Entry): boolean => ((externalFileAttributes >>> 16) & S_IFMT) === S_IFLNK;

/**
 * The files of a zip, folders left out. Throws the UserErrors `not_a_zip`, also for one whose end is missing, and `zip_entries`.
 */
export const openZip = async (bytes: Buffer, limits: ZipLimits): Promise<ZippedFile[]> => {
  const options = { lazyEntries: true, decodeStrings: false, validateEntrySizes: false, autoClose: false };
  const zip = await fromBufferPromise(bytes, options).catch(damaged);
  if (zip.entryCount > limits.entries) throw new UserError("zip_entries", { got: zip.entryCount, most: limits.entries });
  const entries: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) entries.push(entry);
  } catch (error) {
    damaged(error);
  }
  const unpacked = { bytes: 0 };
  return entries.flatMap((entry) => {
    const path = entryName(entry);
    if (/[/\\]$/.test(path)) return [];
    const read: ZippedFile["read"] = (wanted) => readEntry(zip, entry, { limits, unpacked, wanted });
    return [{ path, isLink: isLink(entry), isEncrypted: entry.isEncrypted(), read }];
  });
};

interface Reading {
  limits: ZipLimits;
  /** What all entries together have come to, those given up on included. */
  unpacked: { bytes: number };
  wanted(head: Uint8Array): boolean;
}

const readEntry = async (zip: ZipFile, entry: Entry, { limits, unpacked, wanted }: Reading): Promise<Buffer | undefined> => {
  if (!entry.canDecodeFileData()) return undefined;
  if (entry.uncompressedSize > limits.fileBytes) throw new FileTooLarge();
  let stream: Readable;
  try {
    stream = await zip.openReadStreamPromise(entry);
  } catch {
    return undefined;
  }
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of stream as AsyncIterable<Buffer>) {
      if (parts.length === 0 && !wanted(part)) return undefined;
      bytes += part.length;
      unpacked.bytes += part.length;
      if (unpacked.bytes > limits.totalBytes) throw new UserError("zip_unpacked", { maxMb: Math.floor(limits.totalBytes / 1e6) });
      if (bytes > limits.fileBytes) throw new FileTooLarge();
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof UserError || error instanceof FileTooLarge) throw error;
    return undefined;
  } finally {
    stream.destroy();
  }
  return parts.length > 0 ? Buffer.concat(parts) : undefined;
};
