import type { Blobs } from "../blobs/blobs.ts";
import type { Config } from "../config.ts";
import { UserError } from "../errors.ts";
import type { FileRef } from "../files.ts";
import { dimensionsOf } from "../images/dimensions.ts";
import { scrub } from "../images/scrub.ts";
import { sniff } from "../images/sniff.ts";
import { megabytes } from "../numbers.ts";
import type { Store } from "../store/store.ts";
import { wellFormed } from "../text.ts";
import { limitMb } from "./limits.ts";
import type { Peer } from "./request.ts";
import { openBudget } from "./uploadBudget.ts";

const DAY_MS = 24 * 3600 * 1000;
const MAX_NAME = 120;
/** More than `sniff` looks at. */
const HEAD_BYTES = 512;

/** A file's name without what no file system or reader can hold, and of an end that still says what kind it is. */
export const fileName = (name: string): string =>
  [
    ...wellFormed(name)
      .normalize("NFC")
      .replace(/\p{Cc}/gu, "")
      .trim(),
  ]
    .slice(-MAX_NAME)
    .join("");

/** Takes files in: their size by their kind, what each person sends in a day, and no photo with where it was taken. */
export const openUploads = (parts: { blobs: Blobs; store: Store; config: Pick<Config, "maxImageMb" | "uploadMbPerDay"> }) => {
  const { blobs, store, config } = parts;
  const yesterday = () => new Date(Date.now() - DAY_MS);
  const budget = openBudget(config.uploadMbPerDay, (userId) => store.uploads.sentSince(userId, yesterday()));

  const keepPicture = (photo: Uint8Array, about: { name: string; type: string }) =>
    blobs.put(photo, { ...about, ...dimensionsOf(photo) });

  return {
    check: budget.check,
    /** Writes a file down while it comes. Only pictures, which are small, are ever held as a whole. */
    upload: (user: Peer, source: AsyncIterable<Uint8Array>, name: string): Promise<FileRef> =>
      budget.during(user.id, async (spend) => {
        let head = Buffer.alloc(0);
        let bytes = 0;
        const counted = async function* () {
          for await (const part of source) {
            if (head.length < HEAD_BYTES) head = Buffer.concat([head, part]).subarray(0, HEAD_BYTES);
            bytes += part.length;
            const maxMb = limitMb(sniff(head) ?? "", config.maxImageMb);
            if (bytes > maxMb * 1e6) throw new UserError("too_large", { gotMb: megabytes(bytes), maxMb });
            spend(part.length);
            yield part;
          }
        };
        const draft = await blobs.receive(counted());
        try {
          const about = { name: fileName(name), type: sniff(head) ?? "application/octet-stream" };
          // Said at once, where another can still be chosen. What is in it, such as where it was taken, is not kept.
          if (about.type === "image/heic") throw new UserError("not_a_photo", { got: "HEIC" });
          const picture = about.type.startsWith("image/");
          const file = await (picture ? keepPicture(scrub(await draft.read()), about) : draft.keep(about));
          await store.uploads.add(file.blob, user.id, bytes, yesterday());
          return file;
        } finally {
          await draft.drop();
        }
      }),
  };
};
