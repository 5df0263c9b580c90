import { augmentation } from "./augmentation.ts";
import { distanceFromOne, drawFactor, type Factor, formatFactor } from "./parameters.ts";
import { applyTables, blendValue, lookupTable } from "./pillow.ts";

/** Mixed with black, as Pillow's ImageEnhance.Brightness. Lighting varies more than content does, so the label survives. */
export const brightness = augmentation<Factor>({
  about: { en: "brighter or darker; at strength 1 up to ±90%", ko: "밝거나 어둡게. 강도 1에서 최대 ±90%" },
  draw: (rng, strength) => drawFactor(rng, strength),
  apply: (image, { factor }) =>
    applyTables(
      image,
      lookupTable((it) => blendValue(0, it, factor)),
    ),
  caption: (it) => ({ en: `brightness ${formatFactor(it)}`, ko: `밝기 ${formatFactor(it)}` }),
  effect: distanceFromOne,
});
