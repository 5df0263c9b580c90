import { type Layer, type Shape, shapeBuilder } from "../src/nets/backends/describe.ts";
import type { Builder, PoolOptions } from "../src/nets/builder.ts";
import { slide } from "../src/nets/geometry.ts";
import type { Net } from "../src/nets/net.ts";

/**
 * One step of a network for another framework: what it does to the results of earlier steps, with all sizes as numbers. Those with
 * parameters have a `name`, which the names of their parameters begin with.
 */
export interface Instruction {
  op: Layer["kind"];
  /** Indices of the steps it reads; 0 is the picture, n the result of the n-th step. */
  inputs: number[];
  [option: string]: unknown;
}

interface Value {
  id: number;
  shape: Shape;
}

/**
 * A network as a list of steps: a fourth backend of src/nets, so that the other framework computes exactly the same network
 * without anybody writing it twice. Pads are [left, right, top, bottom], as PyTorch has them.
 */
export const programOf = (net: Net, training: boolean): { steps: Instruction[]; logits: number; aux: number[] } => {
  const layers: Layer[] = [];
  const shapes = shapeBuilder(training, layers);
  const steps: Instruction[] = [];
  const add = (op: Instruction["op"], from: readonly Value[], shape: Shape, options: object = {}): Value => {
    const { path, parameters = [] } = layers.at(-1) ?? {};
    steps.push({ ...options, ...(parameters.length > 0 && { name: path }), op, inputs: from.map((it) => it.id) });
    return { id: steps.length, shape };
  };
  const side = ({ shape }: Value, axis: 0 | 1 | 2): number => shape[axis] as number;
  const padsOf = (x: Value, window: Parameters<typeof slide>[1]): number[] =>
    ([1, 0] as const).flatMap((axis) => {
      const { before, after } = slide(side(x, axis), window);
      return [before, after];
    });
  const one = (op: "relu" | "swish" | "gelu" | "sigmoid" | "globalAveragePool" | "flatten") => (x: Value) =>
    add(op, [x], shapes[op](x.shape));
  const pool = (op: "maxPool" | "averagePool") => (x: Value, options: PoolOptions) => {
    const { size, stride = size, padding = "valid", ceil = false } = options;
    const shape = shapes[op](x.shape, options);
    // A last window that reaches beyond the edge is already part of the padding.
    return add(op, [x], shape, { size, stride, pads: padsOf(x, { kernel: size, stride, padding, ceil }) });
  };
  const builder: Builder<Value> = {
    training,
    shapeOf: ({ shape }) => shape,
    within: shapes.within,
    conv: (x, name, options) => {
      const { filters, kernel, stride = 1, padding = "same", groups = 1, bias = true, frozen = false } = options;
      const shape = shapes.conv(x.shape, name, options);
      const pads = padsOf(x, { kernel, stride, padding });
      return add("conv", [x], shape, { channels: side(x, 2), filters, kernel, stride, groups, bias, frozen, pads });
    },
    batchNorm: (x, name, options = {}) => {
      const { epsilon = 1e-5, momentum = 0.9, scale = true } = options;
      return add("batchNorm", [x], shapes.batchNorm(x.shape, name, options), { channels: side(x, 2), epsilon, momentum, scale });
    },
    dense: (x, name, options) => {
      const { units, bias = true } = options;
      return add("dense", [x], shapes.dense(x.shape, name, options), { features: x.shape[0], units, bias });
    },
    relu: one("relu"),
    swish: one("swish"),
    gelu: one("gelu"),
    sigmoid: one("sigmoid"),
    globalAveragePool: one("globalAveragePool"),
    flatten: one("flatten"),
    maxPool: pool("maxPool"),
    averagePool: pool("averagePool"),
    adaptiveAveragePool: (x, size) => add("adaptiveAveragePool", [x], shapes.adaptiveAveragePool(x.shape, size), { size }),
    add: (a, b) => add("add", [a, b], shapes.add(a.shape, b.shape)),
    scaleChannels: (x, factors) => add("scaleChannels", [x, factors], shapes.scaleChannels(x.shape, factors.shape)),
    scale: (x, factor) => add("scale", [x], shapes.scale(x.shape, factor), { factor }),
    concat: (parts) => add("concat", parts, shapes.concat(parts.map((it) => it.shape))),
    dropout: (x, name, rate) => (training ? add("dropout", [x], shapes.dropout(x.shape, name, rate), { rate }) : x),
    dropPath: (x, name, rate) => (training ? add("dropPath", [x], shapes.dropPath(x.shape, name, rate), { rate }) : x),
  };
  const { logits, aux = [] } = net.forward(builder, { id: 0, shape: [net.size, net.size, 3] }, net.classes);
  return { steps, logits: logits.id, aux: aux.map((it) => it.id) };
};
