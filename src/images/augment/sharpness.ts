import type { Image } from "../image.ts";
import { augmentation } from "./augmentation.ts";
import { distanceFromOne, drawFactor, type Factor, formatFactor } from "./parameters.ts";
import { blend } from "./pillow.ts";

/** Pillow's SMOOTH filter: 3x3 of ones with 5 in the middle, over 13, rounded; the outermost pixels stay as they are. */
const smooth = (image: Image): Image => {
  const { width, height, data: from } = image;
  const data = Uint8Array.from(from);
  const row = width * 3;
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * row + 3; i < (y + 1) * row - 3; i++) {
      let sum = 4 * (from[i] as number);
      for (let j = i - row; j <= i + row; j += row)
        sum += (from[j - 3] as number) + (from[j] as number) + (from[j + 3] as number);
      data[i] = Math.floor(sum / 13 + 0.5);
    }
  }
  return { width, height, data };
};

/** Mixed with a smoothed copy, as Pillow's ImageEnhance.Sharpness. */
export const sharpness = augmentation<Factor>({
  about: { en: "softer or sharper; at strength 1 from ×0.1 to ×5", ko: "부드럽거나 선명하게. 강도 1에서 ×0.1 ~ ×5" },
  // One pixel of smoothing hardly shows, so sharpening reaches further up than its siblings do.
  draw: (rng, strength) => drawFactor(rng, strength, 4),
  apply: (image, { factor }) => blend(smooth(image), image, factor),
  caption: (it) => ({ en: `sharpness ${formatFactor(it)}`, ko: `선명도 ${formatFactor(it)}` }),
  effect: distanceFromOne,
});
