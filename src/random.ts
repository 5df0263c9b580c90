/** The next number of a stream, in [0, 1) with 32 bits. */
export type Rng = () => number;

/** Spreads any integer over 32 bits; the finaliser of MurmurHash3 (Appleby 2011), a bijection. */
const scramble = (it: number): number => {
  let h = it | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

/** A seed of its own for the `index`-th part (a tile, a layer) of what `seed` stands for. Integer in [0, 2^32). */
export const subSeed = (seed: number, index: number): number => scramble(scramble(seed) + Math.imul(index + 1, 0x9e3779b9));

/** The seed that a shuffle button asks for: always the same one after the same one. Integer in [0, 2^31), as the database keeps it. */
export const nextSeed = (seed: number): number => subSeed(seed, 0x5eed) >>> 1;

/**
 * A stream of numbers that is the same for the same seed on every machine.
 * sfc32 by Chris Doty-Humphrey (PractRand 0.9), 128 bits of state, here seeded with one integer and twelve rounds of warming up.
 */
export const seeded = (seed: number): Rng => {
  let a = scramble(seed);
  let b = scramble(a + 1);
  let c = scramble(b + 2);
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
};

/** One number of the standard normal distribution (Box & Muller 1958). Takes two numbers of the stream. */
export const normal = (rng: Rng): number => Math.sqrt(-2 * Math.log(1 - rng())) * Math.cos(2 * Math.PI * rng());

/** +1 or -1, evenly. */
export const sign = (rng: Rng): 1 | -1 => (rng() < 0.5 ? -1 : 1);

/** One of a list, evenly. */
export const pick = <T>(rng: Rng, from: readonly T[]): T => from[Math.floor(rng() * from.length)] as T;

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

/** The numbers 0 … count - 1 in an order that only the seed decides (Fisher & Yates). */
export const shuffled = (count: number, seed: number): Uint32Array => {
  const rng = seeded(seed);
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(rng() * (i + 1));
    const moved = order[i] as number;
    order[i] = order[j] as number;
    order[j] = moved;
  }
  return order;
};
