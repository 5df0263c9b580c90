import sharp from "sharp";
import type { Image } from "./image.ts";

/** A JPEG to be looked at: colours at full resolution, so small type stays crisp. The same pixels always give the same bytes. */
export const encodeJpeg = ({ width, height, data }: Image, quality = 88): Promise<Buffer> =>
  sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality, chromaSubsampling: "4:4:4" })
    .toBuffer();
