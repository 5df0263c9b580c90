import { elementCount, type Parameter } from "../nets/parameter.ts";
import { normal, type Rng, seeded, subSeed } from "../random.ts";

/** How many numbers one output of a layer is summed from, and how many outputs one input reaches. */
const fans = ({ shape }: Parameter): { in: number; out: number } => {
  const [inputs = 1, filters = 1] = shape.slice(-2);
  const window = elementCount({ shape: shape.slice(0, -2) });
  return { in: window * inputs, out: window * filters };
};

const dirac = (parameter: Parameter, rng: Rng): Float32Array => {
  const [kernel = 1, , inputs = 1, filters = 1] = parameter.shape;
  const bound = 1 / Math.sqrt(fans(parameter).in);
  const middle = Math.floor(kernel / 2);
  return Float32Array.from({ length: elementCount(parameter) }, (_, i) => {
    const [filter, input, tap] = [i % filters, Math.floor(i / filters) % inputs, Math.floor(i / filters / inputs)];
    if (filter >= inputs) return (2 * rng() - 1) * bound;
    return filter === input && tap === middle * kernel + middle ? 1 : 0;
  });
};

const values = (parameter: Parameter, rng: Rng): Float32Array => {
  const { initialiser } = parameter;
  const filled = (next: () => number) => Float32Array.from({ length: elementCount(parameter) }, next);
  const fan = fans(parameter);
  if (typeof initialiser === "object") return filled(() => normal(rng) * initialiser.normal);
  if (initialiser === "zeros") return filled(() => 0);
  if (initialiser === "ones") return filled(() => 1);
  if (initialiser === "dirac") return dirac(parameter, rng);
  if (initialiser === "he") return filled(() => normal(rng) * Math.sqrt(2 / fan.out));
  const bound = Math.sqrt(6 / (fan.in + fan.out)); // glorot
  return filled(() => (2 * rng() - 1) * bound);
};

/** How training begins: every array of a network by its name. Each draws from a stream of its own, so that layers of one shape differ. */
export const initialise = (parameters: readonly Parameter[], seed: number): Record<string, Float32Array> =>
  Object.fromEntries(parameters.map((it, index) => [it.name, values(it, seeded(subSeed(seed, index)))]));
