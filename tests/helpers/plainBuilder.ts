import { expect } from "vitest";
import type { Builder, PoolOptions } from "../../src/nets/builder.ts";
import type { Net } from "../../src/nets/net.ts";
import type { Weights } from "../../src/nets/weights.ts";
import { exported, logitsOf, noise } from "./exported.ts";

/** One picture or feature list, channels last. */
export interface Values {
  shape: readonly number[];
  data: Float64Array;
}

const erf = (x: number): number => {
  // Its power series, which converges everywhere and in double precision is exact enough within ±4; beyond, erf is ±1.
  if (Math.abs(x) > 4) return Math.sign(x);
  let [term, sum] = [x, x];
  for (let n = 1; Math.abs(term) > 1e-17; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
};

/** Where a window's first pixel lies and how often it stops, told apart from `geometry.ts` on purpose: this is the second opinion. */
const stops = (side: number, kernel: number, stride: number, padding: PoolOptions["padding"], ceil = false) => {
  if (padding === "same") {
    const count = Math.ceil(side / stride);
    return { first: -Math.floor(Math.max(0, (count - 1) * stride + kernel - side) / 2), count };
  }
  const pad = typeof padding === "number" ? padding : 0;
  let count = 0;
  // A window counts when it fits, or with `ceil` when it begins on the picture or the padding before it and is the last.
  for (let at = -pad; at + kernel <= side + pad || (ceil && at < side && at + kernel - stride < side + pad); at += stride)
    count++;
  return { first: -pad, count };
};

/** The slowest way to run a network: one loop per sum, doubles, one picture, no training. Only to compare others with. */
export const plainBuilder = (weights: Weights): Builder<Values> => {
  const within: string[] = [];
  const of = (name: string, what: string): Float32Array => {
    const path = [...within, name, what].join("/");
    const weight = weights.get(path);
    if (!weight) throw new Error(`no ${path}`);
    return weight.data;
  };
  const each = (f: (value: number) => number) => (x: Values) => ({ shape: x.shape, data: x.data.map(f) });
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  const [h, w, c] = [0, 1, 2].map((axis) => (x: Values) => x.shape[axis] as number) as [
    (x: Values) => number,
    (x: Values) => number,
    (x: Values) => number,
  ];

  /** Calls `visit` with every pixel of the picture that each window covers. */
  const windows = (
    x: Values,
    options: { kernel: number; stride: number; padding?: PoolOptions["padding"]; ceil?: boolean },
    visit: (out: number, y: number, x: number, ky: number, kx: number) => void,
  ) => {
    const down = stops(h(x), options.kernel, options.stride, options.padding, options.ceil);
    const across = stops(w(x), options.kernel, options.stride, options.padding, options.ceil);
    for (let i = 0; i < down.count; i++)
      for (let j = 0; j < across.count; j++)
        for (let ky = 0; ky < options.kernel; ky++)
          for (let kx = 0; kx < options.kernel; kx++) {
            const [y, z] = [down.first + i * options.stride + ky, across.first + j * options.stride + kx];
            if (y >= 0 && y < h(x) && z >= 0 && z < w(x)) visit(i * across.count + j, y, z, ky, kx);
          }
    return [down.count, across.count] as const;
  };
  const pool = (x: Values, { size, stride = size, ...options }: PoolOptions, fold: (values: number[]) => number): Values => {
    const covered: number[][] = [];
    const sides = windows(x, { kernel: size, stride, ...options }, (out, y, z) => {
      covered[out] ??= [];
      covered[out].push(y * w(x) + z);
    });
    const channels = Array.from({ length: c(x) }, (_, channel) => channel);
    return {
      shape: [...sides, c(x)],
      data: Float64Array.from(
        covered.flatMap((pixels) => channels.map((channel) => fold(pixels.map((at) => x.data[at * c(x) + channel] as number)))),
      ),
    };
  };
  const mean = (values: number[]) => values.reduce((sum, it) => sum + it, 0) / values.length;

  return {
    training: false,
    shapeOf: (x) => x.shape,
    within: (name, build) => {
      within.push(name);
      const built = build();
      within.pop();
      return built;
    },
    conv: (x, name, { filters, kernel, stride = 1, padding = "same", groups = 1, bias = true }) => {
      const [weight, offsets] = [of(name, "kernel"), bias ? of(name, "bias") : undefined];
      const [inputs, outputs] = [c(x) / groups, filters / groups];
      const sums: Float64Array[] = [];
      const sides = windows(x, { kernel, stride, padding }, (out, y, z, ky, kx) => {
        sums[out] ??= Float64Array.from(offsets ?? new Float32Array(filters));
        const sum = sums[out];
        for (let group = 0; group < groups; group++)
          for (let i = 0; i < inputs; i++) {
            const value = x.data[(y * w(x) + z) * c(x) + group * inputs + i] as number;
            const at = ((ky * kernel + kx) * inputs + i) * filters;
            for (let f = group * outputs; f < (group + 1) * outputs; f++)
              sum[f] = (sum[f] as number) + value * (weight[at + f] as number);
          }
      });
      return { shape: [...sides, filters], data: Float64Array.from(sums.flatMap((it) => [...it])) };
    },
    batchNorm: (x, name, { epsilon = 1e-5, scale = true } = {}) => {
      const [beta, mean, variance] = ["beta", "mean", "variance"].map((it) => of(name, it)) as [
        Float32Array,
        Float32Array,
        Float32Array,
      ];
      const gamma = scale ? of(name, "gamma") : beta.map(() => 1);
      const at = (list: Float32Array, i: number) => list[i % c(x)] as number;
      return {
        shape: x.shape,
        data: x.data.map((it, i) => (at(gamma, i) * (it - at(mean, i))) / Math.sqrt(at(variance, i) + epsilon) + at(beta, i)),
      };
    },
    dense: (x, name, { units, bias = true }) => {
      const [weight, offsets] = [of(name, "kernel"), bias ? of(name, "bias") : undefined];
      const sum = Float64Array.from(offsets ?? new Float32Array(units));
      x.data.forEach((value, i) => {
        for (let unit = 0; unit < units; unit++) sum[unit] = (sum[unit] as number) + value * (weight[i * units + unit] as number);
      });
      return { shape: [units], data: sum };
    },
    relu: each((x) => Math.max(0, x)),
    swish: each((x) => x * sigmoid(x)),
    gelu: each((x) => (x / 2) * (1 + erf(x / Math.SQRT2))),
    sigmoid: each(sigmoid),
    maxPool: (x, options) => pool(x, options, (values) => values.reduce((a, b) => Math.max(a, b))),
    averagePool: (x, options) => pool(x, options, mean),
    globalAveragePool: (x) => {
      const { data } = pool(x, { size: h(x) }, mean);
      return { shape: [c(x)], data };
    },
    adaptiveAveragePool: (x, size) => pool(x, { size: h(x) / size }, mean),
    add: (a, b) => ({ shape: a.shape, data: a.data.map((it, i) => it + (b.data[i] as number)) }),
    scaleChannels: (x, factors) => ({
      shape: x.shape,
      data: x.data.map((it, i) => it * (factors.data[i % c(x)] as number)),
    }),
    scale: (x, factor) => each((it) => it * factor)(x),
    concat: (parts) => {
      const [first] = parts as [Values];
      const channels = parts.reduce((sum, it) => sum + c(it), 0);
      const rows = Array.from({ length: h(first) * w(first) }, (_, at) =>
        parts.flatMap((it) => [...it.data.subarray(at * c(it), (at + 1) * c(it))]),
      );
      return { shape: [h(first), w(first), channels], data: Float64Array.from(rows.flat()) };
    },
    flatten: (x) => ({ shape: [x.data.length], data: x.data }),
    dropout: (x) => x,
    dropPath: (x) => x,
  };
};

/** The largest difference, as a share of the largest logit (or of 1, where all are smaller). */
export const difference = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  const scale = Math.max(1, ...Array.from(b, Math.abs));
  expect(a.length).toBe(b.length);
  return Math.max(...Array.from(a, (it, i) => Math.abs(it - (b[i] as number)))) / scale;
};

/** By how much ONNX Runtime and these loops differ about one network's random weights and one random picture. */
export const differenceFromPlainLoops = async (net: Net): Promise<number> => {
  const { weights, bytes } = exported(net);
  const { last, first } = noise(net.size);
  const plain = net.forward(plainBuilder(weights), { shape: [net.size, net.size, 3], data: last }, 10).logits.data;
  expect(new Set(plain).size).toBe(10);
  return difference(await logitsOf(bytes, first, net.size), plain);
};
