import { createHmac, timingSafeEqual } from "node:crypto";
import type { Blobs } from "../../blobs/blobs.ts";
import { UserError } from "../../errors.ts";
import type { FileRef } from "../../files.ts";

/** Links to single files: whoever was given one may download that file for as long as it is kept, and no other. */
export interface FileLinks {
  linkTo(file: Pick<FileRef, "blob" | "name">): string;
  /** The file of a link. A `UserError` when no such link was given out, or the file is gone. */
  read(blob: string, key: string): Promise<Buffer>;
}

/** Links to the web chat at `address`, made with a secret that only this installation has. */
export const openFileLinks = (address: string, secret: string, blobs: Pick<Blobs, "get">): FileLinks => {
  const keyOf = (blob: string) => createHmac("sha256", secret).update(`peerlab file ${blob}`).digest();
  return {
    linkTo: ({ blob, name }) => {
      const url = new URL(`/files/${blob}`, address);
      url.search = new URLSearchParams({ name, key: keyOf(blob).toString("base64url") }).toString();
      return url.href;
    },
    read: async (blob, key) => {
      const [given, expected] = [Buffer.from(key, "base64url"), keyOf(blob)];
      const gone = (cause?: unknown) => new UserError("not_here", { what: blob.slice(0, 8) }, { cause });
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw gone();
      return blobs.get(blob).catch((cause: unknown) => {
        throw gone(cause);
      });
    },
  };
};
