import sharp from "sharp";
import type { Blobs } from "../blobs/blobs.ts";
import type { Picture } from "../files.ts";
import type { Image } from "./image.ts";

/** Chats show pictures at once that stay below this, also over a phone's network. */
const MAX_BYTES = 1_500_000;
/** The first keeps colours at full resolution, so that small type stays crisp; the others are for sheets full of noise. */
const QUALITIES = [
  { quality: 88, chromaSubsampling: "4:4:4" },
  { quality: 72, chromaSubsampling: "4:2:0" },
  { quality: 45, chromaSubsampling: "4:2:0" },
] as const;

/**
 * A JPEG to be looked at, at the best quality that stays below 1.5 MB (at the worst one where none does). The same pixels always give the same bytes.
 */
export const encodeJpeg = async ({ width, height, data }: Image): Promise<Buffer> => {
  let bytes = Buffer.alloc(0);
  for (const options of QUALITIES) {
    bytes = await sharp(data, { raw: { width, height, channels: 3 } })
      .jpeg(options)
      .toBuffer();
    if (bytes.length <= MAX_BYTES) break;
  }
  return bytes;
};

/** Keeps a finished picture among the blobs. `name` comes without its ending. */
export const keepPicture = async (blobs: Blobs, image: Image, { name, alt }: { name: string; alt: string }): Promise<Picture> => {
  const { width, height } = image;
  return { ...(await blobs.put(await encodeJpeg(image), { name: `${name}.jpg`, type: "image/jpeg", width, height, alt })), alt };
};
