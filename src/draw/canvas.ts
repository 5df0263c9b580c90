import { type Image, solidImage } from "../images/image.ts";
import { type Sprite, spritesOf } from "./sprites.ts";
import { rasterise } from "./svg.ts";

/** Copies a picture onto another at (left, top), cut off at its borders. Writes into `onto`. */
export const paste = (onto: Image, picture: Image, left: number, top: number): void => {
  const width = Math.min(picture.width, onto.width - left);
  const height = Math.min(picture.height, onto.height - top);
  for (let y = 0; y < height; y++) {
    const from = y * picture.width * 3;
    onto.data.set(picture.data.subarray(from, from + width * 3), ((top + y) * onto.width + left) * 3);
  }
};

/** Fills a rectangle within a picture with a colour. Writes into `onto`. */
export const fillRectangle = (
  { width, data }: Image,
  at: { left: number; top: number; width: number; height: number },
  colour: readonly [number, number, number],
): void => {
  const row = solidImage(at.width, 1, colour).data;
  for (let y = at.top; y < at.top + at.height; y++) data.set(row, (y * width + at.left) * 3);
};

/** Lays a drawing with transparent places over a picture, cut off at its borders. Writes into `onto`. */
const layOver = ({ width, height, data: to }: Image, { left, top, pixels, ...sprite }: Sprite): void => {
  const whole = new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4);
  const [first, last] = [Math.max(0, -left), Math.min(sprite.width, width - left)];
  for (let y = Math.max(0, -top); y < sprite.height && top + y < height; y++) {
    for (let x = first; x < last; x++) {
      const pixel = y * sprite.width + x;
      if (whole[pixel] === 0) continue; // as most are
      const [i, j] = [pixel * 4, ((top + y) * width + left + x) * 3];
      // The rasteriser's colours are already multiplied by their alpha.
      const rest = 255 - (pixels[i + 3] as number);
      if (rest === 0) {
        to[j] = pixels[i] as number;
        to[j + 1] = pixels[i + 1] as number;
        to[j + 2] = pixels[i + 2] as number;
        continue;
      }
      to[j] = (pixels[i] as number) + Math.round(((to[j] as number) * rest) / 255);
      to[j + 1] = (pixels[i + 1] as number) + Math.round(((to[j + 1] as number) * rest) / 255);
      to[j + 2] = (pixels[i + 2] as number) + Math.round(((to[j + 2] as number) * rest) / 255);
    }
  }
};

/** Draws SVG elements, placed as on the whole picture, over its rows from `top` to `bottom`, within which they all lie. Writes into `onto`. */
export const drawOver = (onto: Image, elements: string, top: number, bottom: number): void => {
  const { width } = onto;
  const height = bottom - top;
  const band = () => {
    const { pixels } = rasterise(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 ${top} ${width} ${height}">${elements}</svg>`,
    );
    return { left: 0, top, width, height, pixels };
  };
  for (const it of spritesOf(elements) ?? [band()]) layOver(onto, it);
};

/** Rounds off a rectangle's corners with the colour around it. Writes into `onto`. */
export const roundOff = (
  onto: Image,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
  radius: number,
  around: readonly [number, number, number],
): void => {
  for (let y = 0; y < radius; y++) {
    for (let x = 0; x < radius; x++) {
      const beyond = Math.hypot(radius - x - 0.5, radius - y - 0.5) - radius + 0.5;
      const share = Math.max(0, Math.min(1, beyond)); // of the pixel that lies outside the arc
      if (share === 0) continue;
      for (const row of [top + y, top + height - 1 - y]) {
        for (const column of [left + x, left + width - 1 - x]) {
          const at = (row * onto.width + column) * 3;
          for (const [k, colour] of around.entries()) {
            const own = onto.data[at + k] as number;
            onto.data[at + k] = Math.round(own + (colour - own) * share);
          }
        }
      }
    }
  }
};

/** Every pixel as a square of `times` pixels: a thumbnail enlarged without inventing anything. */
export const enlarge = (image: Image, times: number): Image => {
  if (times === 1) return image;
  const width = image.width * times;
  const height = image.height * times;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / times) * image.width;
    for (let x = 0; x < width; x++) {
      const from = (row + Math.floor(x / times)) * 3;
      const to = (y * width + x) * 3;
      data[to] = image.data[from] as number;
      data[to + 1] = image.data[from + 1] as number;
      data[to + 2] = image.data[from + 2] as number;
    }
  }
  return { width, height, data };
};

/** A picture made smaller, each pixel the mean of those it stands for. Neither side may grow. */
export const shrink = (image: Image, { width, height }: { width: number; height: number }): Image => {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.floor((y * image.height) / height), Math.ceil(((y + 1) * image.height) / height)];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.floor((x * image.width) / width), Math.ceil(((x + 1) * image.width) / width)];
      const count = (bottom - top) * (right - left);
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let row = top; row < bottom; row++)
          for (let col = left; col < right; col++) sum += image.data[(row * image.width + col) * 3 + channel] as number;
        data[(y * width + x) * 3 + channel] = Math.round(sum / count);
      }
    }
  }
  return { width, height, data };
};
