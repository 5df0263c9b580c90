import sharp, { type KernelEnum } from "sharp";
import type { Image } from "./image.ts";

/** A rectangle in pixels. */
interface Rectangle {
  left: number;
  top: number;
  width: number;
  height: number;
}

const kernels = { bilinear: "linear", bicubic: "cubic", lanczos: "lanczos3", nearest: "nearest" } as const satisfies Record<
  string,
  keyof KernelEnum
>;

/** How pixels are interpolated, by the names that PyTorch and timm use. */
export type Interpolation = keyof typeof kernels;

/**
 * Cuts out `from`, resizes it to exactly `width` x `height` (distorting it where the shapes differ), then cuts out `crop` of that.
 * Shrinking averages over all pixels (antialiased), as Pillow does.
 */
export const resize = async (
  image: Image,
  how: { from: Rectangle; width: number; height: number; interpolation: Interpolation; crop: Rectangle },
): Promise<Image> => {
  const data = await sharp(image.data, { raw: { width: image.width, height: image.height, channels: 3 } })
    .extract(how.from)
    .resize(how.width, how.height, { fit: "fill", kernel: kernels[how.interpolation] })
    .extract(how.crop)
    .raw()
    .toBuffer();
  return { width: how.crop.width, height: how.crop.height, data };
};
