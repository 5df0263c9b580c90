import type { Builder, PoolOptions } from "../builder.ts";
import { slide } from "../geometry.ts";
import { inputShape, type Network, type Outputs } from "../net.ts";
import {
  batchNormParameters,
  convParameters,
  countParameters,
  denseParameters,
  elementCount,
  type Parameter,
} from "../parameter.ts";

/** [height, width, channels] or [features]. */
export type Shape = readonly number[];

/** One step of a network, as a layer table shows it. */
export interface Layer {
  /** "stage1/block2/conv1"; steps without a name of their own carry the path they are in. */
  path: string;
  /** "conv", "batchNorm", "relu" … as the builder calls it. */
  kind: Exclude<keyof Builder<unknown>, "training" | "shapeOf" | "within">;
  output: Shape;
  parameters: readonly Parameter[];
  /** Multiply-accumulates for one picture: of convolutions and dense layers, as papers count them. */
  macs: number;
}

export interface Description {
  outputs: Outputs<Shape>;
  layers: readonly Layer[];
  /** Trained numbers, fixed ones of a whitening layer included, moving averages not. */
  parameters: number;
  macs: number;
}

const [height, width, channels] = [0, 1, 2] as const;
const at = (shape: Shape, axis: 0 | 1 | 2): number => {
  const side = shape[axis];
  if (shape.length !== 3 || side === undefined) throw new Error(`Expected [height, width, channels], got [${shape.join(", ")}].`);
  return side;
};

/** A builder that computes nothing and notes every layer in `layers`, in order; what each step returns is its layer's output. */
export const shapeBuilder = (training: boolean, layers: Layer[]): Builder<Shape> => {
  const within: string[] = [];
  const taken = new Set<string>();
  const pathTo = (name: string) => {
    const path = [...within, name].join("/");
    if (taken.has(path)) throw new Error(`Two layers are called ${path}.`);
    taken.add(path);
    return path;
  };
  const note = (kind: Layer["kind"], output: Shape, path = within.join("/"), parameters: Parameter[] = [], macs = 0): Shape => {
    layers.push({ path, kind, output, parameters, macs });
    return output;
  };
  const same = (kind: Layer["kind"]) => (x: Shape) => note(kind, x);
  const pool = (kind: Layer["kind"]) => (x: Shape, options: PoolOptions) => {
    const window = { kernel: options.size, stride: options.size, padding: "valid" as const, ...options };
    return note(kind, [slide(at(x, height), window).out, slide(at(x, width), window).out, at(x, channels)]);
  };
  const alike = (a: Shape, b: Shape) => {
    if (`${a}` !== `${b}`) throw new Error(`[${a}] and [${b}] do not go together in ${within.join("/")}.`);
  };

  return {
    training,
    shapeOf: (x) => x,
    within: (name, build) => {
      within.push(name);
      const built = build();
      within.pop();
      return built;
    },
    conv: (x, name, options) => {
      const path = pathTo(name);
      const { kernel, filters, stride = 1, padding = "same", groups = 1 } = options;
      const inputs = at(x, channels);
      if (inputs % groups || filters % groups) throw new Error(`${path}: ${inputs} to ${filters} channels in ${groups} groups.`);
      const output = [height, width].map((axis) => slide(at(x, axis as 0 | 1), { kernel, stride, padding }).out);
      const macs = elementCount({ shape: output }) * kernel * kernel * (inputs / groups) * filters;
      return note("conv", [...output, filters], path, convParameters(path, inputs, options), macs);
    },
    batchNorm: (x, name, options) => {
      const path = pathTo(name);
      return note("batchNorm", x, path, batchNormParameters(path, at(x, channels), options));
    },
    dense: (x, name, options) => {
      const path = pathTo(name);
      if (x.length !== 1) throw new Error(`${path} wants [features], got [${x}].`);
      const inputs = x[0] as number;
      return note("dense", [options.units], path, denseParameters(path, inputs, options), inputs * options.units);
    },
    relu: same("relu"),
    swish: same("swish"),
    gelu: same("gelu"),
    sigmoid: same("sigmoid"),
    maxPool: pool("maxPool"),
    averagePool: pool("averagePool"),
    globalAveragePool: (x) => note("globalAveragePool", [at(x, channels)]),
    adaptiveAveragePool: (x, size) => {
      if (at(x, height) % size || at(x, width) % size) throw new Error(`${size} does not divide [${x}].`);
      return note("adaptiveAveragePool", [size, size, at(x, channels)]);
    },
    add: (a, b) => {
      alike(a, b);
      return note("add", a);
    },
    scaleChannels: (x, factors) => {
      alike([at(x, channels)], factors);
      return note("scaleChannels", x);
    },
    scale: same("scale"),
    concat: (parts) => {
      const [first] = parts;
      if (!first) throw new Error("Nothing to concatenate.");
      for (const it of parts) alike(first.slice(0, 2), it.slice(0, 2));
      return note("concat", [...first.slice(0, 2), parts.reduce((sum, it) => sum + at(it, channels), 0)]);
    },
    flatten: (x) => note("flatten", [elementCount({ shape: x })]),
    dropout: (x, name) => (training ? note("dropout", x, pathTo(name)) : x),
    dropPath: (x, name) => (training ? note("dropPath", x, pathTo(name)) : x),
  };
};

/**
 * Walks a network without computing anything: what comes out of every layer, what it has to learn and what it costs.
 * With `training`, what exists only then (auxiliary classifiers, dropout) is there too. `size` is the picture's side in pixels.
 */
export const describe = (
  net: Network,
  { classes = net.classes, training = false, size = net.size }: { classes?: number; training?: boolean; size?: number } = {},
): Description => {
  const layers: Layer[] = [];
  const outputs = net.forward(shapeBuilder(training, layers), inputShape(net, size), classes);
  return {
    outputs,
    layers,
    parameters: countParameters(layers.flatMap((it) => it.parameters)),
    macs: layers.reduce((sum, it) => sum + it.macs, 0),
  };
};

/**
 * Every array of numbers that a network has, in the order it uses them. With `training` (the default) auxiliary classifiers are
 * among them; an exported model has none of those. `size` is the picture's side in pixels; it matters only to dense layers.
 */
export const listParameters = (
  net: Network,
  { classes = net.classes, training = true, size = net.size }: { classes?: number; training?: boolean; size?: number } = {},
): Parameter[] => describe(net, { classes, training, size }).layers.flatMap((it) => [...it.parameters]);
