import { augmentation } from "./augmentation.ts";
import { drawFactor, type Enhance, farFromOne, times } from "./parameters.ts";
import { blendValue, lookup, table } from "./pillow.ts";

/** Mixed with black, as Pillow's ImageEnhance.Brightness. Lighting varies more than content does, so the label survives. */
export const brightness = augmentation<Enhance>({
  about: { en: "brighter or darker; at strength 1 up to ±90%", ko: "밝거나 어둡게. 강도 1에서 최대 ±90%" },
  draw: (rng, strength) => drawFactor(rng, strength),
  apply: (image, { factor }) =>
    lookup(
      image,
      table((it) => blendValue(0, it, factor)),
    ),
  caption: (it) => ({ en: `brightness ${times(it)}`, ko: `밝기 ${times(it)}` }),
  effect: farFromOne,
});
