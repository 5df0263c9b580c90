import { type Image, sameSize } from "../image.ts";

/** Brightness of one pixel, 0..255: ITU-R 601 weights in 16-bit fixed point, as Pillow's convert("L"). */
export const lumaOf = (red: number, green: number, blue: number): number =>
  (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;

/** The picture without its colours. */
export const grey = (image: Image): Image => {
  const from = image.data;
  const out = sameSize(image);
  for (let i = 0; i < from.length; i += 3) {
    const luma = lumaOf(from[i] as number, from[i + 1] as number, from[i + 2] as number);
    out.data[i] = luma;
    out.data[i + 1] = luma;
    out.data[i + 2] = luma;
  }
  return out;
};

/** Mean brightness, rounded to the nearest integer. */
export const meanLuma = ({ data }: Image): number => {
  let sum = 0;
  for (let i = 0; i < data.length; i += 3) sum += lumaOf(data[i] as number, data[i + 1] as number, data[i + 2] as number);
  return Math.floor(sum / (data.length / 3) + 0.5);
};
