import { augmentation, drawMagnitude, formatNumber } from "./augmentation.ts";
import { applyTables, lookupTable } from "./pillow.ts";

interface Solarize {
  readonly [key: string]: number;
  /** Values from here up are inverted: 0..256, where 256 inverts none (255 would still turn white black). */
  readonly threshold: number;
}

/** Inverts what is brighter than a threshold, as Pillow's ImageOps.solarize. */
export const solarize = augmentation<Solarize>({
  about: { en: "bright parts inverted; at strength 1 everything", ko: "밝은 부분을 반전해요. 강도 1에서는 전체를 반전해요" },
  draw: (rng, strength) => ({ threshold: 256 * (1 - drawMagnitude(rng, strength)) }),
  apply: (image, { threshold }) =>
    applyTables(
      image,
      lookupTable((it) => (it < threshold ? it : 255 - it)),
    ),
  caption: ({ threshold }) => ({ en: `solarize ≥ ${formatNumber(threshold)}`, ko: `솔라라이즈 ≥ ${formatNumber(threshold)}` }),
  effect: ({ threshold }) => 256 - threshold,
});
