import { thumbnailSpecs } from "../src/blobs/thumbnails.ts";
import { decode } from "../src/images/decode.ts";
import { encodeThumbnail } from "../src/images/encode.ts";
import type { Handler } from "../src/jobs/context.ts";

/** Makes a small copy of a picture, and keeps it beside it. Throws as `decode` does for what is no picture. */
export const thumbnail: Handler<"thumbnail"> = async ({ blob, kind }, { blobs }) => {
  const { quality, ...size } = thumbnailSpecs[kind];
  const { image } = await decode(await blobs.get(blob), size);
  const bytes = await encodeThumbnail(image, quality);
  await blobs.putThumbnail(blob, kind, bytes);
  return { bytes: bytes.length };
};
