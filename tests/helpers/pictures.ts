import sharp from "sharp";

/** A drawn photo stand-in with some detail, as a JPEG: a sun over hills. */
export const landscape = (width = 640, height = 480): Promise<Buffer> =>
  sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 64 48" preserveAspectRatio="none">
      <rect width="64" height="48" fill="#8ecae6"/><circle cx="48" cy="12" r="7" fill="#ffb703"/>
      <path d="M0 40 Q16 20 32 36 T64 30 V48 H0 Z" fill="#2a9d8f"/><path d="M0 46 Q20 34 40 44 T64 42 V48 H0 Z" fill="#264653"/></svg>`),
  )
    .jpeg({ quality: 90 })
    .toBuffer();
