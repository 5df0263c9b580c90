import sharp from "sharp";
import { sharedFile } from "./shared.ts";

/** A JPEG of a real scene with a camera's noise, so that it is as hard to read as a phone's photo. */
export const phonePhoto = async (width: number, height: number): Promise<Uint8Array<ArrayBuffer>> => {
  const grain = await sharp({
    create: { width, height, channels: 3, background: "#000", noise: { type: "gaussian", mean: 128, sigma: 40 } },
  })
    .png({ compressionLevel: 1 })
    .toBuffer();
  const photo = sharp(sharedFile("photos", "n09193705_alp.JPEG")).resize(width, height, { fit: "cover" });
  return Uint8Array.from(
    await photo
      .composite([{ input: grain, blend: "soft-light" }])
      .jpeg({ quality: 90 })
      .toBuffer(),
  );
};

/** One of 12 megapixels. */
export const twelveMegapixels = () => phonePhoto(4000, 3000);
