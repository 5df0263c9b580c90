import { seeded } from "../../src/random.ts";

/** Pictures of coloured noise around a colour of their own, RGB and eight bits each, row after row. */
export const noisySquares = (count: number, size: number, seed = 3): Uint8Array => {
  const rng = seeded(seed);
  const pixels = new Uint8Array(count * size * size * 3);
  for (let n = 0; n < count; n++) {
    const colour = [rng(), rng(), rng()].map((it) => 40 + 120 * it);
    for (let i = 0; i < size * size * 3; i++)
      pixels[n * size * size * 3 + i] = Math.floor((colour[i % 3] as number) + 90 * rng());
  }
  return pixels;
};
