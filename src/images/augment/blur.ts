import { sameSize } from "../image.ts";
import { augmentation, drawMagnitude, formatNumber } from "./augmentation.ts";

interface Blur {
  readonly [key: string]: number;
  /** Standard deviation as a fraction of the shorter side. */
  readonly sigma: number;
}

/** Weights of one side of a Gauss curve, the middle first: the middle and twice the others add up to 1. */
const gauss = (sigma: number): Float64Array => {
  const radius = Math.max(1, Math.ceil(3 * sigma));
  const weights = Float64Array.from({ length: radius + 1 }, (_, i) => Math.exp(-(i * i) / (2 * sigma * sigma)));
  const sum = 2 * weights.reduce((a, b) => a + b) - 1;
  return weights.map((it) => it / sum);
};

/**
 * Each line of `from` becomes the weighted sum of itself and the lines beside it. A line has `size` numbers, the border's repeat.
 * The curve is the same to both sides, so both are added before they are weighed.
 */
const acrossLines = (from: Float32Array, to: Float32Array, weights: Float64Array, lines: number, size: number): void => {
  for (let line = 0; line < lines; line++) {
    const at = line * size;
    const middle = weights[0] as number;
    for (let i = 0; i < size; i++) to[at + i] = middle * (from[at + i] as number);
    for (let k = 1; k < weights.length; k++) {
      const weight = weights[k] as number;
      const before = Math.max(0, line - k) * size;
      const behind = Math.min(lines - 1, line + k) * size;
      for (let i = 0; i < size; i++)
        to[at + i] = (to[at + i] as number) + weight * ((from[before + i] as number) + (from[behind + i] as number));
    }
  }
};

/** Rows to columns: the pixel at (x, y) goes to (y, x). */
const turn = (from: Float32Array, to: Float32Array, width: number, height: number): void => {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = (y * width + x) * 3;
      const j = (x * height + y) * 3;
      to[j] = from[i] as number;
      to[j + 1] = from[i + 1] as number;
      to[j + 2] = from[i + 2] as number;
    }
  }
};

/** Gaussian blur. Its width goes with the picture's size, so a thumbnail and a preview look alike. */
export const blur = augmentation<Blur>({
  about: { en: "out of focus; at strength 1 a σ of 3% of the shorter side", ko: "초점을 흐려요. 강도 1에서 σ가 짧은 변의 3%" },
  draw: (rng, strength) => ({ sigma: 0.03 * drawMagnitude(rng, strength) }),
  apply: (image, { sigma }) => {
    const { width, height } = image;
    const pixels = sigma * Math.min(width, height);
    if (pixels < 0.05) return image;
    const weights = gauss(pixels);
    const now = Float32Array.from(image.data);
    const next = new Float32Array(now.length);
    acrossLines(now, next, weights, height, width * 3);
    turn(next, now, width, height);
    acrossLines(now, next, weights, width, height * 3);
    turn(next, now, height, width);
    const out = sameSize(image);
    for (let i = 0; i < now.length; i++) out.data[i] = (now[i] as number) + 0.5;
    return out;
  },
  caption: ({ sigma }) => ({ en: `blur σ ${formatNumber(sigma * 100, 1)}%`, ko: `블러 σ ${formatNumber(sigma * 100, 1)}%` }),
  effect: ({ sigma }) => sigma,
});
