import { seeded } from "../random.ts";

/** The numbers 0 … count - 1 in an order that only the seed decides (Fisher & Yates). */
export const shuffled = (count: number, seed: number): Uint32Array => {
  const rng = seeded(seed);
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(rng() * (i + 1));
    const kept = order[i] as number;
    order[i] = order[j] as number;
    order[j] = kept;
  }
  return order;
};
