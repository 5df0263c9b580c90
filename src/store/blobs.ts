import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FileRef } from "../files.ts";

/** Bytes by their SHA-256. The same bytes are kept once; what comes back is what was put, or nothing. */
export interface Blobs {
  /** Keeps the bytes and returns the reference. */
  put(bytes: Uint8Array, about: Omit<FileRef, "blob" | "bytes">): Promise<FileRef>;
  /** The bytes, checked against their name. Throws when they are gone or damaged. */
  get(blob: string): Promise<Buffer>;
  remove(blob: string): Promise<void>;
  /** Names of the blobs that were last put before a moment, in groups. Drafts that were left by killed processes are removed. */
  olderThan(moment: Date): AsyncIterable<string[]>;
}

const BLOB = /^[0-9a-f]{64}$/;

/** The name of some bytes: their SHA-256 in hexadecimal. */
export const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/**
 * Blobs in a folder that the bot and its workers share. A file appears whole or not at all: ten peers who send the same photo at
 * once write it ten times, and each of them may be killed while somebody else reads. (unstorage's driver truncates in place.)
 */
export const openBlobs = (folder: string): Blobs => {
  const pathOf = (blob: string) => join(folder, blob.slice(0, 2), blob);
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
    get: async (blob) => {
      const bytes = await readFile(pathOf(blob)).catch((cause: unknown) => {
        throw new Error(`Expected blob ${blob} in the store; it is missing`, { cause });
      });
      if (hashOf(bytes) !== blob) throw new Error(`Expected blob ${blob} in the store; it is damaged`);
      return bytes;
    },
    remove: (blob) => rm(pathOf(blob), { force: true }),
    async *olderThan(moment) {
      for (const group of await readdir(folder).catch(() => [])) {
        const old: string[] = [];
        for (const name of await readdir(join(folder, group)).catch(() => [])) {
          const path = join(folder, group, name);
          const modified = await stat(path).then(
            (it) => it.mtime,
            () => undefined,
          );
          if (!modified || modified >= moment) continue;
          if (BLOB.test(name)) old.push(name);
          else await rm(path, { force: true });
        }
        if (old.length > 0) yield old;
      }
    },
  };
};
