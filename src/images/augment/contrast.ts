import { augmentation } from "./augmentation.ts";
import { distanceFromOne, drawFactor, type Factor, formatFactor } from "./parameters.ts";
import { applyTables, blendValue, lookupTable, meanLuma } from "./pillow.ts";

/** Mixed with the grey of its mean brightness, as Pillow's ImageEnhance.Contrast. */
export const contrast = augmentation<Factor>({
  about: { en: "flatter or harsher; at strength 1 up to ±90%", ko: "대비를 약하거나 강하게. 강도 1에서 최대 ±90%" },
  draw: (rng, strength) => drawFactor(rng, strength),
  apply: (image, { factor }) => {
    const mean = meanLuma(image);
    return applyTables(
      image,
      lookupTable((it) => blendValue(mean, it, factor)),
    );
  },
  caption: (it) => ({ en: `contrast ${formatFactor(it)}`, ko: `대비 ${formatFactor(it)}` }),
  effect: distanceFromOne,
});
