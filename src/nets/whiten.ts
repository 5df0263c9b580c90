import { eigenOf } from "./eigen.ts";
import type { NormalisedImages } from "./net.ts";
import type { Weight } from "./weights.ts";

const SIDE = 2;
const CHANNELS = 3;
const LENGTH = SIDE * SIDE * CHANNELS;
const EPSILON = 5e-4; // keeps directions in which patches hardly vary (checkerboards) from being blown up (Jordan 2024)

/** How the twelve numbers of all 2x2 patches go together: the mean of their products. */
const momentsOf = ({ count, size, data }: NormalisedImages): number[][] => {
  const moments = Array.from({ length: LENGTH }, () => Array<number>(LENGTH).fill(0));
  const patch = new Float64Array(LENGTH);
  let patches = 0;
  for (let picture = 0; picture < count; picture++)
    for (let y = 0; y + SIDE <= size; y++)
      for (let x = 0; x + SIDE <= size; x++, patches++) {
        const row = ((picture * size + y) * size + x) * CHANNELS;
        for (let i = 0; i < LENGTH / SIDE; i++) {
          patch[i] = data[row + i] as number;
          patch[i + LENGTH / SIDE] = data[row + size * CHANNELS + i] as number;
        }
        for (let i = 0; i < LENGTH; i++)
          for (let j = i; j < LENGTH; j++)
            (moments[i] as number[])[j] = (moments[i]?.[j] as number) + (patch[i] as number) * (patch[j] as number);
      }
  return moments.map((row, i) => row.map((_, j) => (moments[Math.min(i, j)]?.[Math.max(i, j)] as number) / patches));
};

/**
 * A kernel [2, 2, 3, 24] whose outputs are uncorrelated over the patches of these pictures and vary by about 1 each: their
 * principal directions divided by how much patches vary along them, and the same negated, since what follows keeps what is positive.
 */
export const whiteningKernel = (pictures: NormalisedImages): Weight => {
  const directions = eigenOf(momentsOf(pictures)).map(({ value, vector }) => vector.map((it) => it / Math.sqrt(value + EPSILON)));
  const data = new Float32Array(LENGTH * 2 * LENGTH);
  directions.forEach((direction, filter) => {
    direction.forEach((it, i) => {
      data[i * 2 * LENGTH + filter] = it;
      data[i * 2 * LENGTH + LENGTH + filter] = -it;
    });
  });
  return { shape: [SIDE, SIDE, CHANNELS, 2 * LENGTH], data };
};
