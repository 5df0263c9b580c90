import { normal, seeded } from "../../random.ts";
import { sameSize } from "../image.ts";
import { augmentation, drawMagnitude, formatNumber } from "./augmentation.ts";

interface Noise {
  readonly [key: string]: number;
  /** Standard deviation in levels of 0..255. */
  readonly sigma: number;
  /** Where the grain comes from. Integer. */
  readonly seed: number;
}

let bag: Float32Array | undefined;
/** 65,536 normal numbers to draw from: a logarithm and a cosine for every value would take longer than all the rest. */
const normals = (): Float32Array => {
  if (!bag) {
    const rng = seeded(1);
    bag = Float32Array.from({ length: 65536 }, () => normal(rng));
  }
  return bag;
};

/** Independent Gaussian noise on every value, as a sensor in the dark. */
export const noise = augmentation<Noise>({
  about: { en: "grain; at strength 1 a σ of 80 of 255", ko: "노이즈를 더해요. 강도 1에서 σ 80 (255 기준)" },
  draw: (rng, strength) => ({ sigma: 80 * drawMagnitude(rng, strength), seed: Math.floor(rng() * 4294967296) }),
  apply: (image, { sigma, seed }) => {
    const grain = normals();
    const rng = seeded(seed);
    const out = sameSize(image);
    for (let i = 0; i < out.data.length; i++) {
      const value = Math.round((image.data[i] as number) + sigma * (grain[(rng() * 65536) | 0] as number));
      out.data[i] = value < 0 ? 0 : Math.min(value, 255);
    }
    return out;
  },
  caption: ({ sigma }) => ({ en: `noise σ ${formatNumber(sigma)}`, ko: `노이즈 σ ${formatNumber(sigma)}` }),
  effect: ({ sigma }) => sigma,
});
