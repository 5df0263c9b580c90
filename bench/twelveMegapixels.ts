import sharp from "sharp";
import { sharedFile } from "./shared.ts";

/** A 12-megapixel JPEG of a real scene with a camera's noise, so that it is as hard to read as a phone's photo. */
export const twelveMegapixels = async (): Promise<Uint8Array<ArrayBuffer>> => {
  const [width, height] = [4000, 3000];
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
