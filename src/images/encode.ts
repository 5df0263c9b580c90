import sharp from "sharp";
import type { FileRef } from "../files.ts";
import type { Blobs } from "../store/blobs.ts";
import type { Image } from "./image.ts";

/** Chats show pictures at once that stay below this, also over a phone's network. */
const MAX_BYTES = 1_500_000;
const QUALITIES = [88, 78, 66, 50] as const;

/**
 * A JPEG to be looked at: colours at full resolution, so small type stays crisp, at the best quality that stays below 1.5 MB.
 * The same pixels always give the same bytes.
 */
export const encodeJpeg = async ({ width, height, data }: Image): Promise<Buffer> => {
  let bytes = Buffer.alloc(0);
  for (const quality of QUALITIES) {
    bytes = await sharp(data, { raw: { width, height, channels: 3 } })
      .jpeg({ quality, chromaSubsampling: "4:4:4" })
      .toBuffer();
    if (bytes.length <= MAX_BYTES) break;
  }
  return bytes;
};

/** Keeps a finished picture among the blobs. `name` comes without its ending. */
export const keepPicture = async (blobs: Blobs, image: Image, { name, alt }: { name: string; alt: string }): Promise<FileRef> =>
  blobs.put(await encodeJpeg(image), { name: `${name}.jpg`, type: "image/jpeg", width: image.width, height: image.height, alt });
