import type { BatchSource } from "../../src/data/batches.ts";
import { seeded, subSeed } from "../../src/random.ts";

/** Batches of noise whose class shows in the mean colour: something to learn without any data. Ten classes. */
export const noise = (batch: number, size: number, seed = 1): BatchSource => ({
  batch,
  shapes: { x: [size, size, 3], y: [10] },
  next: (step) => {
    const rng = seeded(subSeed(seed, step));
    const labels = Array.from({ length: batch }, () => Math.floor(rng() * 10));
    const pixels = size * size * 3;
    const x = Float32Array.from({ length: batch * pixels }, (_, i) => {
      const label = labels[Math.floor(i / pixels)] as number;
      return rng() * 2 - 1 + ((label >> (i % 3)) & 1) + (label === 9 ? 0.5 : 0);
    });
    return { x, y: Float32Array.from({ length: batch * 10 }, (_, i) => (labels[Math.floor(i / 10)] === i % 10 ? 1 : 0)) };
  },
});
