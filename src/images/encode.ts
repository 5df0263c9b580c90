import sharp from "sharp";
import type { Image } from "./image.ts";

/** Chats show pictures at once that stay below this, also over a phone's network. */
const MAX_BYTES = 1_500_000;
/** The first keeps colours at full resolution, so that small type stays crisp; the others are for sheets full of noise. */
const QUALITIES = [
  { quality: 88, chromaSubsampling: "4:4:4" },
  { quality: 72, chromaSubsampling: "4:2:0" },
  { quality: 45, chromaSubsampling: "4:2:0" },
] as const;
/** Huffman tables of each picture's own would make it 4 % smaller, and take more than half of the time (docs/LOG.md). */
const quickly = { optimiseCoding: false } as const;

/**
 * A JPEG to be looked at, at the best quality that stays below `maxBytes`, 1.5 MB unless stated (at the worst one where none does).
 * The same pixels always give the same bytes.
 */
export const encodeJpeg = async ({ width, height, data }: Image, maxBytes = MAX_BYTES): Promise<Buffer> => {
  let bytes = Buffer.alloc(0);
  for (const options of QUALITIES) {
    bytes = await sharp(data, { raw: { width, height, channels: 3 } })
      .jpeg({ ...options, ...quickly })
      .toBuffer();
    if (bytes.length <= maxBytes) break;
  }
  return bytes;
};

/** A small copy as WebP, which takes a third less than a JPEG of the same looks. */
export const encodeThumbnail = ({ width, height, data }: Image, quality: number): Promise<Buffer> =>
  sharp(data, { raw: { width, height, channels: 3 } })
    .webp({ quality })
    .toBuffer();
