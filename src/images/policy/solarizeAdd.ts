import { augmentation, formatNumber } from "../augment/augmentation.ts";
import { applyTables, lookupTable } from "../augment/pillow.ts";

interface SolarizeAdd {
  readonly [key: string]: number;
  /** What is added to every value below 128. */
  readonly add: number;
}

/** Brightens the dark half, as timm's and TensorFlow's SolarizeAdd. Only policies use it. */
export const solarizeAdd = augmentation<SolarizeAdd>({
  about: { en: "dark parts brightened; at strength 1 by 110", ko: "어두운 부분을 밝혀요. 강도 1에서 110만큼" },
  draw: (_, strength) => ({ add: Math.floor(110 * strength) }),
  apply: (image, { add }) =>
    applyTables(
      image,
      lookupTable((it) => (it < 128 ? Math.min(255, it + add) : it)),
    ),
  caption: ({ add }) => ({ en: `solarize add ${formatNumber(add)}`, ko: `솔라라이즈 +${formatNumber(add)}` }),
  effect: ({ add }) => add,
});
