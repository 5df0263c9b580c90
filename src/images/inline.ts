import sharp from "sharp";
import type { Image } from "./image.ts";

/** A picture as a data URI to stand in an SVG, at most `longest` pixels on its longer side. */
export const inlined = async (
  { width, height, data }: Image,
  longest: number,
): Promise<{ uri: string; width: number; height: number }> => {
  const scale = Math.min(1, longest / Math.max(width, height));
  const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize(size.width, size.height, { fit: "fill" })
    .jpeg({ quality: 92, chromaSubsampling: "4:4:4" })
    .toBuffer();
  return { uri: `data:image/jpeg;base64,${jpeg.toString("base64")}`, ...size };
};
