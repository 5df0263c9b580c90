import { augmentation, drawMagnitude } from "./augmentation.ts";
import { applyTables, lookupTable } from "./pillow.ts";

interface Posterize {
  readonly [key: string]: number;
  /** Bits kept of each channel, 0..8. */
  readonly bits: number;
}

/** Keeps the highest bits of each channel, as Pillow's ImageOps.posterize: bands instead of shades. */
export const posterize = augmentation<Posterize>({
  about: { en: "fewer shades; at strength 1 down to 1 bit per channel", ko: "색 단계를 줄여요. 강도 1에서 채널당 1비트까지" },
  draw: (rng, strength) => ({ bits: 8 - Math.round(7 * drawMagnitude(rng, strength)) }),
  apply: (image, { bits }) =>
    applyTables(
      image,
      lookupTable((it) => it & (0xff << (8 - bits))),
    ),
  caption: ({ bits }) => ({ en: `posterize to ${bits} ${bits === 1 ? "bit" : "bits"}`, ko: `포스터화 ${bits}비트` }),
  effect: ({ bits }) => 8 - bits,
});
