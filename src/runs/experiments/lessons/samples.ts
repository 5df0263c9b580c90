import type { LabelledImages } from "../../../data/dataset.ts";
import { shuffled } from "../../../random.ts";

/** So many of these indices, drawn by a seed; all of them, in their order, where there are fewer. */
export const drawSample = (from: Uint32Array, count: number, seed: number): Uint32Array =>
  from.length <= count ? from : Uint32Array.from(shuffled(from.length, seed).subarray(0, count), (i) => from[i] as number);

/** Indices by the class of their picture, each class in the order of `from`. */
export const byClass = ({ labels }: LabelledImages, from: Uint32Array, classes: number): number[][] => {
  const groups: number[][] = Array.from({ length: classes }, () => []);
  for (const index of from) groups[labels[index] as number]?.push(index);
  return groups;
};

/** The mean of every picture's bytes, 0 to 255. */
export const brightnessOf = ({ count, pixels }: LabelledImages): Float32Array => {
  const length = pixels.length / count;
  return Float32Array.from({ length: count }, (_, n) => {
    let sum = 0;
    for (let i = n * length; i < (n + 1) * length; i++) sum += pixels[i] as number;
    return sum / length;
  });
};
