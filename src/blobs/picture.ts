import type { PhotoPlace, Picture, Region } from "../files.ts";
import { encodeJpeg } from "../images/encode.ts";
import type { Image } from "../images/image.ts";
import type { Blobs } from "./blobs.ts";

/**
 * Stores a finished picture as a JPEG among the blobs, with the regions of a sheet and the photos of a drawing. `name` comes without its extension; `alt`
 * describes it in words; `maxBytes` is for pictures that are sent often.
 */
export const putPicture = async (
  blobs: Blobs,
  image: Image & { regions?: readonly Region[]; photos?: readonly PhotoPlace[] },
  { name, alt, maxBytes }: { name: string; alt: string; maxBytes?: number },
): Promise<Picture> => {
  const { width, height, regions, photos } = image;
  const file = await blobs.put(await encodeJpeg(image, maxBytes), {
    name: `${name}.jpg`,
    type: "image/jpeg",
    width,
    height,
    alt,
  });
  return { ...file, alt, ...(regions && { regions: [...regions] }), ...(photos && { photos: [...photos] }) };
};
