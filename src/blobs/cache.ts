import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hashOf } from "./blobs.ts";

/** What can be computed again and is kept because that takes long, by name. Any of it may be gone at any time. */
export interface Cache {
  /** Keeps bytes under a name. They are there whole or not at all. */
  save(name: string, bytes: Uint8Array): Promise<void>;
  /** The bytes; undefined where there are none, or they were damaged. */
  load(name: string): Promise<Buffer | undefined>;
  /** Removes what nobody has loaded or saved since a moment. Returns how many files went. */
  removeUnused(since: Date): Promise<number>;
}

const HASH_BYTES = 32;
const NAME = /^[\w-][\w.-]*$/;

/** The cache in the folder of the blobs, which hosts share. Each file is the SHA-256 of its bytes, then the bytes. */
export const openCache = (blobsFolder: string): Cache => {
  const folder = join(blobsFolder, "cache");
  const pathOf = (name: string) => {
    if (!NAME.test(name)) throw new Error(`Expected a name of letters, digits, ".", "_" and "-", got ${JSON.stringify(name)}`);
    return join(folder, name);
  };
  return {
    save: async (name, bytes) => {
      const path = pathOf(name);
      const draft = `${path}.${randomUUID()}.draft`;
      await mkdir(folder, { recursive: true });
      await writeFile(draft, [Buffer.from(hashOf(bytes), "hex"), bytes]);
      await rename(draft, path);
    },
    load: async (name) => {
      const path = pathOf(name);
      const file = await readFile(path).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return undefined;
        throw error;
      });
      if (!file) return undefined;
      const bytes = file.subarray(HASH_BYTES);
      if (hashOf(bytes) !== file.toString("hex", 0, HASH_BYTES)) return undefined;
      const now = new Date();
      await utimes(path, now, now).catch(() => undefined); // it may have been removed meanwhile
      return bytes;
    },
    removeUnused: async (since) => {
      let removed = 0;
      for (const name of await readdir(folder).catch(() => [])) {
        const path = join(folder, name);
        const modified = await stat(path).then(
          (it) => it.mtime,
          () => undefined,
        );
        if (!modified || modified >= since) continue;
        await rm(path, { force: true });
        removed++;
      }
      return removed;
    },
  };
};
