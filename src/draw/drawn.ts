import type { Image } from "../images/image.ts";
import { rasterise } from "./svg.ts";

/** Draws an SVG that covers its whole surface, as pixels for an encoder. */
export const drawn = (svg: string, scale = 1): Image => {
  const { width, height, pixels } = rasterise(svg, scale);
  const data = new Uint8Array(width * height * 3);
  for (let i = 0, j = 0; i < data.length; i += 3, j += 4) {
    data[i] = pixels[j] as number;
    data[i + 1] = pixels[j + 1] as number;
    data[i + 2] = pixels[j + 2] as number;
  }
  return { width, height, data };
};
