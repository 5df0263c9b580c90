import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FileRef } from "../files.ts";
import { type ThumbnailKind, thumbnailKinds } from "./thumbnails.ts";

/** Bytes that have come and are not kept yet. Whoever received them keeps or drops them. */
export interface Draft {
  bytes: number;
  read(): Promise<Buffer>;
  /** Keeps the bytes as they are, and returns the reference. */
  keep(about: Omit<FileRef, "blob" | "bytes">): Promise<FileRef>;
  /** Lets go of what was not kept. */
  drop(): Promise<void>;
}

/** Bytes by their SHA-256. The same bytes are kept once; what comes back is what was put, or nothing. */
export interface Blobs {
  /** Keeps the bytes and returns the reference. */
  put(bytes: Uint8Array, about: Omit<FileRef, "blob" | "bytes">): Promise<FileRef>;
  /** Writes bytes down while they come, however many. Nothing stays when `source` throws. */
  receive(source: AsyncIterable<Uint8Array>): Promise<Draft>;
  /** Lets go of the drafts of a process that was killed meanwhile. For the one process that receives. */
  dropDrafts(): Promise<void>;
  /** The bytes, checked against their name. Throws when they are gone or damaged. */
  get(blob: string): Promise<Buffer>;
  /** Removes a blob with its thumbnails. */
  remove(blob: string): Promise<void>;
  /** Keeps a small copy of a picture for as long as the picture is kept; one whose picture is gone meanwhile is dropped. */
  putThumbnail(blob: string, kind: ThumbnailKind, bytes: Uint8Array): Promise<void>;
  /** A small copy of a picture; undefined where none was made. */
  thumbnail(blob: string, kind: ThumbnailKind): Promise<Buffer | undefined>;
  /** Names of the blobs that were last put before a moment, in groups. Drafts that were left by killed processes are removed. */
  olderThan(moment: Date): AsyncIterable<string[]>;
}

const BLOB = /^[0-9a-f]{64}$/;
/** The folders of blobs by the beginning of their names, and the one of drafts. */
const GROUP = /^([0-9a-f]{2}|drafts)$/;

/** A thumbnail has its picture's name and its kind. */
const THUMBNAIL = new RegExp(`^[0-9a-f]{64}\\.(${thumbnailKinds.join("|")})$`);
const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** The name of some bytes: their SHA-256 in hexadecimal. */
export const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/**
 * Blobs in a folder that the bot and its workers share. A file appears whole or not at all: ten peers who send the same photo at
 * once write it ten times, and each of them may be killed while somebody else reads. (unstorage's driver truncates in place.)
 */
export const openBlobs = (folder: string): Blobs => {
  const pathOf = (blob: string) => join(folder, blob.slice(0, 2), blob);
  const smallOf = (blob: string, kind: ThumbnailKind) => `${pathOf(blob)}.${kind}`;
  const drafts = join(folder, "drafts");
  return {
    put: async (bytes, about) => {
      const blob = hashOf(bytes);
      const path = pathOf(blob);
      const draft = `${path}.${randomUUID()}`;
      await mkdir(dirname(path), { recursive: true });
      await writeFile(draft, bytes);
      await rename(draft, path);
      return { blob, bytes: bytes.length, ...about };
    },
    receive: async (source) => {
      const path = join(drafts, randomUUID());
      const hash = createHash("sha256");
      let bytes = 0;
      const noted = async function* () {
        for await (const part of source) {
          hash.update(part);
          bytes += part.length;
          yield part;
        }
      };
      const drop = () => rm(path, { force: true });
      await mkdir(drafts, { recursive: true });
      await writeFile(path, noted()).catch(async (error: unknown) => {
        await drop();
        throw error;
      });
      const blob = hash.digest("hex");
      const keep: Draft["keep"] = async (about) => {
        await mkdir(dirname(pathOf(blob)), { recursive: true });
        await rename(path, pathOf(blob));
        return { blob, bytes, ...about };
      };
      return { bytes, read: () => readFile(path), keep, drop };
    },
    dropDrafts: () => rm(drafts, { recursive: true, force: true }),
    get: async (blob) => {
      const bytes = await readFile(pathOf(blob)).catch((cause: unknown) => {
        throw new Error(`Expected blob ${blob} in the store; it is missing`, { cause });
      });
      if (hashOf(bytes) !== blob) throw new Error(`Expected blob ${blob} in the store; it is damaged`);
      return bytes;
    },
    remove: async (blob) => {
      // The picture first: a thumbnail that comes meanwhile finds it gone.
      for (const path of [pathOf(blob), ...thumbnailKinds.map((kind) => smallOf(blob, kind))]) await rm(path, { force: true });
    },
    putThumbnail: async (blob, kind, bytes) => {
      const path = smallOf(blob, kind);
      const draft = `${path}.${randomUUID()}`;
      await writeFile(draft, bytes);
      await rename(draft, path);
      await stat(pathOf(blob)).catch(() => rm(path, { force: true }));
    },
    thumbnail: (blob, kind) =>
      readFile(smallOf(blob, kind)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return undefined;
        throw error;
      }),
    async *olderThan(moment) {
      for (const group of (await readdir(folder).catch(() => [])).filter((it) => GROUP.test(it))) {
        const old: string[] = [];
        for (const name of await readdir(join(folder, group)).catch(() => [])) {
          const path = join(folder, group, name);
          const modified = await stat(path).then(
            (it) => it.mtime,
            () => undefined,
          );
          if (!modified || modified >= moment) continue;
          if (THUMBNAIL.test(name) && (await isThere(join(folder, group, name.slice(0, 64))))) continue;
          if (BLOB.test(name)) old.push(name);
          else await rm(path, { force: true });
        }
        if (old.length > 0) yield old;
      }
    },
  };
};
