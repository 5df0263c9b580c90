import { augmentation } from "./augmentation.ts";
import { distanceFromOne, drawFactor, type Factor, formatFactor } from "./parameters.ts";
import { blend, toGrey } from "./pillow.ts";

/** Mixed with its own greys, as Pillow's ImageEnhance.Color. Wrong where colour is the label (ripe or unripe). */
export const color = augmentation<Factor>({
  about: { en: "paler or more colourful; at strength 1 up to ±90%", ko: "색을 옅거나 진하게. 강도 1에서 최대 ±90%" },
  draw: (rng, strength) => drawFactor(rng, strength),
  apply: (image, { factor }) => blend(toGrey(image), image, factor),
  caption: (it) => ({ en: `color ${formatFactor(it)}`, ko: `채도 ${formatFactor(it)}` }),
  effect: distanceFromOne,
});
