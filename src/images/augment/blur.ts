import { type Image, sameSize } from "../image.ts";
import { amount, augmentation } from "./augmentation.ts";
import { figure } from "./format.ts";

interface Blur {
  readonly [key: string]: number;
  /** Standard deviation as a fraction of the shorter side. */
  readonly sigma: number;
}

/** Weights of a Gauss curve over 2·radius + 1 pixels, sum 1. */
const gauss = (sigma: number): Float64Array => {
  const radius = Math.max(1, Math.ceil(3 * sigma));
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigma * sigma)));
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((it) => it / sum);
};

/** Blurs along lines of `length` pixels that are `step` bytes apart; the lines begin `across` bytes apart. Borders repeat. */
const along = (
  from: Uint8Array,
  to: Uint8Array,
  weights: Float64Array,
  length: number,
  step: number,
  lines: number,
  across: number,
): void => {
  const radius = (weights.length - 1) / 2;
  for (let line = 0; line < lines; line++) {
    const start = line * across;
    for (let x = 0; x < length; x++) {
      let red = 0.5;
      let green = 0.5;
      let blue = 0.5;
      for (let k = -radius; k <= radius; k++) {
        const at = x + k < 0 ? 0 : x + k >= length ? length - 1 : x + k;
        const i = start + at * step;
        const weight = weights[k + radius] as number;
        red += weight * (from[i] as number);
        green += weight * (from[i + 1] as number);
        blue += weight * (from[i + 2] as number);
      }
      const i = start + x * step;
      to[i] = red;
      to[i + 1] = green;
      to[i + 2] = blue;
    }
  }
};

/** Gaussian blur. Its width goes with the picture's size, so a thumbnail and a preview look alike. */
export const blur = augmentation<Blur>({
  about: { en: "out of focus; at strength 1 a σ of 3% of the shorter side", ko: "초점을 흐려요. 강도 1에서 σ가 짧은 변의 3%" },
  draw: (rng, strength) => ({ sigma: 0.03 * amount(rng, strength) }),
  apply: (image, { sigma }) => {
    const { width, height } = image;
    const pixels = sigma * Math.min(width, height);
    if (pixels < 0.05) return image;
    const weights = gauss(pixels);
    const half: Image = sameSize(image);
    const out = sameSize(image);
    along(image.data, half.data, weights, width, 3, height, width * 3);
    along(half.data, out.data, weights, height, width * 3, width, 3);
    return out;
  },
  caption: ({ sigma }) => ({ en: `blur σ ${figure(sigma * 100, 1)}%`, ko: `흐림 σ ${figure(sigma * 100, 1)}%` }),
  effect: ({ sigma }) => sigma,
});
