import { augmentation } from "./augmentation.ts";
import { type Chance, drawChance } from "./parameters.ts";
import { applyTables, lookupTable } from "./pillow.ts";

const negative = lookupTable((it) => 255 - it);

/** The negative, as Pillow's ImageOps.invert. A half-way blend would be plain grey, so strength is its probability. */
export const invert = augmentation<Chance>({
  about: { en: "the negative; strength is the chance of it", ko: "색을 반전해요. 강도는 반전할 확률이에요" },
  draw: drawChance,
  apply: (image, { done }) => (done ? applyTables(image, negative) : image),
  caption: ({ done }) => (done ? { en: "inverted", ko: "색 반전" } : { en: "not inverted", ko: "반전 없음" }),
  effect: ({ done }) => done,
});
