import { sameSize } from "../image.ts";
import { augmentation } from "./augmentation.ts";
import { type Chance, drawChance } from "./parameters.ts";

/** Mirrored left to right. Safe for objects, wrong for text and digits. It has no degrees, so strength is its probability. */
export const flip = augmentation<Chance>({
  about: { en: "mirrored left to right; strength is the chance of it", ko: "좌우로 뒤집어요. 강도는 뒤집을 확률이에요" },
  draw: drawChance,
  apply: (image, { done }) => {
    if (!done) return image;
    const { width, height, data: from } = image;
    const out = sameSize(image);
    for (let y = 0; y < height; y++) {
      for (let x = 0, i = y * width * 3, j = i + (width - 1) * 3; x < width; x++, i += 3, j -= 3) {
        out.data[j] = from[i] as number;
        out.data[j + 1] = from[i + 1] as number;
        out.data[j + 2] = from[i + 2] as number;
      }
    }
    return out;
  },
  caption: ({ done }) => (done ? { en: "flipped", ko: "좌우 뒤집음" } : { en: "not flipped", ko: "뒤집지 않음" }),
  effect: ({ done }) => done,
});
