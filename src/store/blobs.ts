import { createHash } from "node:crypto";
import { createStorage } from "unstorage";
import fsDriver from "unstorage/drivers/fs-lite";
import type { FileRef } from "../files.ts";

/** Bytes by their SHA-256. The same bytes are kept once; what comes back is what was put, or nothing. */
export interface Blobs {
  /** Keeps the bytes and returns the reference. */
  put(bytes: Uint8Array, about: Omit<FileRef, "blob" | "bytes">): Promise<FileRef>;
  /** The bytes, checked against their name. Throws when they are gone or were damaged by a crash in mid-write. */
  get(blob: string): Promise<Buffer>;
  remove(blob: string): Promise<void>;
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Blobs in a folder of this machine. */
export const openBlobs = (folder: string): Blobs => {
  const storage = createStorage({ driver: fsDriver({ base: folder }) });
  const key = (blob: string) => `${blob.slice(0, 2)}:${blob}`;
  return {
    put: async (bytes, about) => {
      const blob = sha256(bytes);
      await storage.setItemRaw(key(blob), bytes);
      return { blob, bytes: bytes.length, ...about };
    },
    get: async (blob) => {
      const bytes = await storage.getItemRaw<Buffer>(key(blob));
      if (!bytes || sha256(bytes) !== blob)
        throw new Error(`Expected blob ${blob} in the store; it is ${bytes ? "damaged" : "missing"}`);
      return bytes;
    },
    remove: (blob) => storage.removeItem(key(blob)),
  };
};
