import { gelu, relu, swish } from "../../tf/activations.ts";
import { channelMeans, scaleChannels } from "../../tf/channels.ts";
import { convolve, pad } from "../../tf/convolve.ts";
import { batchNorm, frozenBatchNorm, maxPool, uniform } from "../../tf/kernels.ts";
import { type Tensor, tf } from "../../tf/tf.ts";
import type { Builder, PoolOptions } from "../builder.ts";
import { tapFeatures } from "../features.ts";
import { slide } from "../geometry.ts";
import type { Network, Outputs } from "../net.ts";

/** What a network computes with: arrays by their names ("stage1/block2/conv1/kernel"), and in training the step's chance. */
export interface Given {
  parameters: Readonly<Record<string, Tensor>>;
  /** For training only: int32 [1], another one every step. All dropout follows from it. */
  seed?: Tensor;
  /** In training, parameters that nothing may change: a batch normalisation of theirs takes its moving averages and leaves them alone. */
  isFrozen?(name: string): boolean;
  /** Feature maps that are wanted: see `tapFeatures`. */
  features?: readonly string[];
}

export interface Read {
  outputs: Outputs<Tensor>;
  /** In training: the moving averages after this batch, by name. Kept: the caller disposes of them. */
  statistics: Record<string, Tensor>;
  /** The feature maps that were wanted, by the names they were asked for. */
  features: Record<string, Tensor>;
}

const EPSILON = 1e-5;
const KEEP = 0.9;

/** A number for a name, so that every dropout layer draws numbers of its own from one seed (FNV-1a, 31 bits). */
const hash = (name: string): number => {
  let h = 0x811c9dc5;
  for (const it of Buffer.from(name)) h = Math.imul(h ^ it, 0x01000193);
  return h >>> 1;
};

const sides = (x: Tensor, window: Parameters<typeof slide>[1]) => {
  const { before: top, after: bottom } = slide(x.shape[1] as number, window);
  const { before: left, after: right } = slide(x.shape[2] as number, window);
  return { height: [top, bottom], width: [left, right] } as const;
};

const LOWEST = -3.4e38; // float32's, nearly: what is padded never wins

const maxPooled = (x: Tensor, { size, stride = size, padding = "valid", ceil = false }: PoolOptions): Tensor =>
  maxPool(pad(x, sides(x, { kernel: size, stride, padding, ceil }), LOWEST), size, stride);

const averagePool = (x: Tensor, { size, stride = size, padding = "valid", ceil = false }: PoolOptions): Tensor => {
  const pads = sides(x, { kernel: size, stride, padding, ceil });
  const pool = (it: Tensor): Tensor => tf.avgPool(it as never, size, stride, "valid");
  const padded = pad(x, pads);
  if (padded === x) return pool(x);
  // Padded pixels do not count: divided by the share of each window that lies inside.
  const inside = pool(pad(tf.ones([1, x.shape[1] as number, x.shape[2] as number, 1]), pads));
  return tf.div(pool(padded), inside);
};

/** Runs a network on a batch: of pictures [batch, height, width, channels], or of what else it is fed. */
export const read = (net: Network, x: Tensor, classes: number, training: boolean, given: Given): Read => {
  const { parameters, seed, isFrozen, features: wanted = [] } = given;
  const path: string[] = [];
  const statistics: Record<string, Tensor> = {};
  const pathTo = (name: string) => [...path, name].join("/");
  const parameter = (name: string): Tensor => {
    const it = parameters[name];
    if (!it) throw new Error(`Nobody gave the parameter ${name}.`);
    return it;
  };
  const plus = (y: Tensor, path: string, bias: boolean) => (bias ? tf.add(y, parameter(`${path}/bias`)) : y);
  /** 1/keep where a picture or value stays, 0 where it goes. */
  const mask = (shape: number[], path: string, rate: number): Tensor => {
    if (!seed) throw new Error(`${path} needs a seed to train.`);
    const chance = uniform(shape, tf.concat([seed, tf.tensor1d([hash(path)], "int32")]));
    return tf.mul(tf.cast(tf.greaterEqual(chance, rate), "float32"), 1 / (1 - rate));
  };

  const builder: Builder<Tensor> = {
    training,
    shapeOf: (x) => x.shape.slice(1),
    within: (name, build) => {
      path.push(name);
      const built = build();
      path.pop();
      return built;
    },
    conv: (x, name, options) => {
      const path = pathTo(name);
      const { kernel, filters, stride = 1, padding = "same", groups = 1, bias = true } = options;
      const pads = sides(x, { kernel, stride, padding });
      const w = parameter(`${path}/kernel`);
      const inputs = x.shape[3] as number;
      const convolved = () => {
        if (groups === 1) return convolve(x, w, stride, pads);
        if (groups === inputs) {
          return convolve(x, tf.reshape(w, [kernel, kernel, inputs, filters / inputs]), stride, pads, true);
        }
        const [xs, ws] = [tf.split(x, groups, 3), tf.split(w, groups, 3)];
        return tf.concat(
          xs.map((it, i) => convolve(it, ws[i] as Tensor, stride, pads)),
          3,
        );
      };
      return plus(convolved(), path, bias);
    },
    batchNorm: (x, name, { epsilon = EPSILON, momentum = KEEP, scale = true } = {}) => {
      const path = pathTo(name);
      const [beta, mean, variance] = [parameter(`${path}/beta`), parameter(`${path}/mean`), parameter(`${path}/variance`)];
      const gamma = scale ? parameter(`${path}/gamma`) : tf.onesLike(mean);
      if (!training) return tf.batchNorm(x, mean as never, variance as never, beta as never, gamma as never, epsilon);
      if (isFrozen?.(`${path}/mean`)) return frozenBatchNorm(x, { gamma, beta, mean, variance }, epsilon);
      const normed = batchNorm(x, { gamma, beta, mean, variance }, momentum, epsilon);
      statistics[`${path}/mean`] = normed.mean;
      statistics[`${path}/variance`] = normed.variance;
      return normed.y;
    },
    dense: (x, name, { bias = true }) => {
      const path = pathTo(name);
      return plus(tf.matMul(x, parameter(`${path}/kernel`)), path, bias);
    },
    relu,
    swish,
    gelu,
    sigmoid: (x) => tf.sigmoid(x),
    maxPool: maxPooled,
    averagePool,
    globalAveragePool: channelMeans,
    adaptiveAveragePool: (x, size) => {
      const window = [(x.shape[1] as number) / size, (x.shape[2] as number) / size] as [number, number];
      return tf.avgPool(x as never, window, window, "valid");
    },
    add: (a, b) => tf.add(a, b),
    scaleChannels,
    scale: (x, factor) => tf.mul(x, factor),
    concat: (parts) => tf.concat([...parts], -1),
    flatten: (x) => tf.reshape(x, [-1, x.size / (x.shape[0] as number)]),
    dropout: (x, name, rate) => (training && rate > 0 ? tf.mul(x, mask(x.shape, pathTo(name), rate)) : x),
    dropPath: (x, name, rate) => {
      if (!training || rate === 0) return x;
      return tf.mul(x, mask([x.shape[0] as number, ...x.shape.slice(1).map(() => 1)], pathTo(name), rate));
    },
  };
  if (wanted.length === 0) return { outputs: net.forward(builder, x, classes), statistics, features: {} };
  const tapped = tapFeatures(builder);
  const outputs = net.forward(tapped.builder, x, classes);
  return { outputs, statistics, features: Object.fromEntries(wanted.map((it) => [it, tapped.feature(it)])) };
};
