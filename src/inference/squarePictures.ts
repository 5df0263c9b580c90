import type { Image } from "../images/image.ts";
import { normaliser } from "../images/normalise.ts";
import type { Card } from "../models/card.ts";
import { preprocess } from "./preprocess.ts";

/** The middle of a square picture. */
const centreCrop = (pixels: Uint8Array, size: number, crop: number): Uint8Array => {
  if (crop === size) return pixels;
  const out = new Uint8Array(crop * crop * 3);
  const first = Math.round((size - crop) / 2);
  for (let y = 0; y < crop; y++) {
    const from = ((first + y) * size + first) * 3;
    out.set(pixels.subarray(from, from + crop * 3), y * crop * 3);
  }
  return out;
};

/**
 * Makes the function that turns square RGB pictures of `size` pixels, [count, size, size, 3], into a model's input as its card says.
 * Pictures that already have the size to which the model resizes are not resized, so that their pixels stay what they are.
 */
export const squarePreprocessor = (
  { preprocessing: how, input: { layout } }: Pick<Card, "preprocessing" | "input">,
  size: number,
): ((pixels: Uint8Array) => Promise<Float32Array>) => {
  const length = size * size * 3;
  const inputLength = how.crop * how.crop * 3;
  const write = normaliser(how, layout);
  return async (pixels) => {
    const count = pixels.length / length;
    const out = new Float32Array(count * inputLength);
    const pictures = Array.from({ length: count }, (_, i) => pixels.subarray(i * length, (i + 1) * length));
    if (how.resize === size) {
      for (const [i, it] of pictures.entries()) write(centreCrop(it, size, how.crop), out, i * inputLength);
      return out;
    }
    await Promise.all(
      pictures.map(async (data, i) => {
        const image: Image = { width: size, height: size, data };
        out.set((await preprocess(image, how, layout)).input, i * inputLength);
      }),
    );
    return out;
  };
};
