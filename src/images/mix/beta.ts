import { normal, type Rng } from "../../random.ts";

/** A number of the gamma distribution of this shape and scale 1 (Marsaglia & Tsang 2000; below 1 by their boost). */
const gamma = (rng: Rng, shape: number): number => {
  if (shape < 1) return gamma(rng, shape + 1) * (1 - rng()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(rng);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - rng()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
};

/** A number of Beta(alpha, alpha), in [0, 1]: even at alpha 1, near the ends below it, near the middle above it. */
export const beta = (rng: Rng, alpha: number): number => {
  const a = gamma(rng, alpha);
  const b = gamma(rng, alpha);
  // At a tiny alpha both may underflow; the distribution then sits on its two ends.
  return a + b > 0 ? a / (a + b) : rng() < 0.5 ? 0 : 1;
};
