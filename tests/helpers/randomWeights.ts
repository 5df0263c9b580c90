import { elementCount, type Parameter, type ParameterKind } from "../../src/nets/parameter.ts";
import type { Weight } from "../../src/nets/weights.ts";
import { seeded, subSeed } from "../../src/random.ts";

/** Where each kind's values lie: [mean, deviation]. Moving averages are not at their beginnings, where mistakes would hide. */
const spread: Record<ParameterKind, (parameter: Parameter) => readonly [number, number]> = {
  kernel: ({ shape }) => [0, Math.sqrt(2 / elementCount({ shape: shape.slice(0, -1) }))],
  bias: () => [0, 0.1],
  gamma: () => [1, 0.1],
  beta: () => [0, 0.1],
  mean: () => [0, 0.1],
  variance: () => [1.2, 0.1],
};

/** Weights that no two places share, the same for the same seed, under which values neither vanish nor explode. */
export const randomWeights = (parameters: readonly Parameter[], seed = 1): Map<string, Weight> =>
  new Map(
    parameters.map((parameter, i) => {
      const rng = seeded(subSeed(seed, i));
      const [mean, deviation] = spread[parameter.kind](parameter);
      const data = Float32Array.from({ length: elementCount(parameter) }, () => mean + deviation * Math.sqrt(12) * (rng() - 0.5));
      return [parameter.name, { shape: parameter.shape, data }];
    }),
  );
