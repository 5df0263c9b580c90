import { augmentation } from "./augmentation.ts";
import { drawFactor, type Enhance, farFromOne, times } from "./parameters.ts";
import { blendValue, lookup, meanLuma, table } from "./pillow.ts";

/** Mixed with the grey of its mean brightness, as Pillow's ImageEnhance.Contrast. */
export const contrast = augmentation<Enhance>({
  about: { en: "flatter or harsher; at strength 1 up to ±90%", ko: "대비를 약하거나 강하게. 강도 1에서 최대 ±90%" },
  draw: (rng, strength) => drawFactor(rng, strength),
  apply: (image, { factor }) => {
    const mean = meanLuma(image);
    return lookup(
      image,
      table((it) => blendValue(mean, it, factor)),
    );
  },
  caption: (it) => ({ en: `contrast ${times(it)}`, ko: `대비 ${times(it)}` }),
  effect: farFromOne,
});
