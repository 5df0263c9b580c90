import {
  constantNode,
  floatAttribute,
  floatTensor,
  int64Tensor,
  intAttribute,
  intsAttribute,
  makeNode,
} from "../../onnx/make.ts";
import type { OnnxAttribute, OnnxNode } from "../../onnx/model.ts";
import type { Builder, PoolOptions } from "../builder.ts";
import { type Slide, slide } from "../geometry.ts";
import { type Layer, type Shape, shapeBuilder } from "./describe.ts";

/** A value of the graph. ONNX has its pictures as [N, channels, height, width]; `shape` is as the builder says it. */
interface Value {
  name: string;
  shape: Shape;
}

/** The builder that writes a network as ONNX nodes, and the nodes and layers it has written so far. */
export interface GraphBuilder {
  builder: Builder<Value>;
  nodes: OnnxNode[];
  layers: Layer[];
}

const pads = (down: Slide, across: Slide) => intsAttribute("pads", [down.before, across.before, down.after, across.after]);

/** Parameters are inputs by their names; whoever makes a file of the nodes adds them. Nothing that exists only in training is there. */
export const graphBuilder = (): GraphBuilder => {
  const nodes: OnnxNode[] = [];
  const layers: Layer[] = [];
  const shapes = shapeBuilder(false, layers);
  const taken = new Map<string, number>();

  /** Adds a node whose output is called after where it stands, and says that name. */
  const emit = (opType: string, input: readonly string[], at: readonly string[], attributes: readonly OnnxAttribute[] = []) => {
    const wanted = at.filter((it) => it !== "").join("/");
    const count = (taken.get(wanted) ?? 0) + 1;
    taken.set(wanted, count);
    const output = count === 1 ? wanted : `${wanted}:${count}`;
    nodes.push(makeNode(opType, input, output, attributes));
    return output;
  };
  const written = new Set<string>();
  const known = (name: string, make: (name: string) => OnnxNode): string => {
    if (!written.has(name)) nodes.push(make(name));
    written.add(name);
    return name;
  };
  const number = (it: number) =>
    known(`number:${it}`, (name) => constantNode({ ...floatTensor(name, [], Float32Array.of(it)), name }));
  const ones = (count: number) =>
    known(`ones:${count}`, (name) => constantNode({ ...floatTensor(name, [count], new Float32Array(count).fill(1)), name }));
  const axes = (list: readonly number[]) => known(`axes:${list}`, (name) => constantNode({ ...int64Tensor(name, list), name }));

  /** The layer that `shape` has just noted: its path, parameters and output. */
  const layerOf = (shape: Shape): Layer => {
    const layer = layers.at(-1);
    if (layer?.output !== shape) throw new Error("The walk and the graph are out of step.");
    return layer;
  };
  const plain = (opType: string, inputs: readonly Value[], shape: Shape, attributes: readonly OnnxAttribute[] = []): Value => {
    const { path, kind } = layerOf(shape);
    const names = inputs.map((it) => it.name);
    return { name: emit(opType, names, [path, kind], attributes), shape };
  };
  const weighted = (opType: string, x: Value, shape: Shape, attributes: readonly OnnxAttribute[]): Value => {
    const { path, parameters } = layerOf(shape);
    return { name: emit(opType, [x.name, ...parameters.map((it) => it.name)], [path], attributes), shape };
  };
  const gate = (x: Value, shape: Shape): Value => {
    const { path, kind } = layerOf(shape);
    const open = emit("Sigmoid", [x.name], [path, kind, "gate"]);
    return { name: emit("Mul", [x.name, open], [path, kind]), shape };
  };
  const pool = (opType: "MaxPool" | "AveragePool", x: Value, shape: Shape, options: PoolOptions): Value => {
    const window = { kernel: options.size, stride: options.size, padding: "valid" as const, ...options };
    const [down, across] = [0, 1].map((axis) => slide(x.shape[axis] as number, window)) as [Slide, Slide];
    const { kernel, stride } = window;
    return plain(opType, [x], shape, [
      intsAttribute("kernel_shape", [kernel, kernel]),
      intsAttribute("strides", [stride, stride]),
      pads(down, across),
    ]);
  };

  const builder: Builder<Value> = {
    training: false,
    shapeOf: (x) => x.shape,
    within: (name, build) => shapes.within(name, build),
    conv: (x, name, options) => {
      const { kernel, stride = 1, padding = "same", groups = 1 } = options;
      const [down, across] = [0, 1].map((axis) => slide(x.shape[axis] as number, { kernel, stride, padding })) as [Slide, Slide];
      return weighted("Conv", x, shapes.conv(x.shape, name, options), [
        intsAttribute("kernel_shape", [kernel, kernel]),
        intsAttribute("strides", [stride, stride]),
        pads(down, across),
        intAttribute("group", groups),
      ]);
    },
    batchNorm: (x, name, options) => {
      const shape = shapes.batchNorm(x.shape, name, options);
      const { path, parameters } = layerOf(shape);
      const names = parameters.map((it) => it.name);
      const gamma = names.length === 4 ? [] : [ones(shape[2] as number)];
      const inputs = [x.name, ...gamma, ...names];
      return { name: emit("BatchNormalization", inputs, [path], [floatAttribute("epsilon", options?.epsilon ?? 1e-5)]), shape };
    },
    dense: (x, name, options) => weighted("Gemm", x, shapes.dense(x.shape, name, options), []),
    relu: (x) => plain("Relu", [x], shapes.relu(x.shape)),
    sigmoid: (x) => plain("Sigmoid", [x], shapes.sigmoid(x.shape)),
    swish: (x) => gate(x, shapes.swish(x.shape)),
    gelu: (x) => {
      const shape = shapes.gelu(x.shape);
      const { path } = layerOf(shape);
      const scaled = emit("Div", [x.name, number(Math.SQRT2)], [path, "gelu", "scaled"]);
      const share = emit("Add", [emit("Erf", [scaled], [path, "gelu", "erf"]), number(1)], [path, "gelu", "share"]);
      const doubled = emit("Mul", [x.name, share], [path, "gelu", "doubled"]);
      return { name: emit("Mul", [doubled, number(0.5)], [path, "gelu"]), shape };
    },
    maxPool: (x, options) => pool("MaxPool", x, shapes.maxPool(x.shape, options), options),
    averagePool: (x, options) => pool("AveragePool", x, shapes.averagePool(x.shape, options), options),
    globalAveragePool: (x) => {
      const shape = shapes.globalAveragePool(x.shape);
      const { path } = layerOf(shape);
      const pooled = emit("GlobalAveragePool", [x.name], [path, "pooled"]);
      return { name: emit("Flatten", [pooled], [path, "features"]), shape };
    },
    adaptiveAveragePool: (x, size) => {
      const stride = [0, 1].map((axis) => (x.shape[axis] as number) / size);
      const shape = shapes.adaptiveAveragePool(x.shape, size);
      return plain("AveragePool", [x], shape, [intsAttribute("kernel_shape", stride), intsAttribute("strides", stride)]);
    },
    add: (a, b) => plain("Add", [a, b], shapes.add(a.shape, b.shape)),
    scaleChannels: (x, factors) => {
      const shape = shapes.scaleChannels(x.shape, factors.shape);
      const { path } = layerOf(shape);
      const spread = emit("Unsqueeze", [factors.name, axes([2, 3])], [path, "spread"]);
      return { name: emit("Mul", [x.name, spread], [path, "scaled"]), shape };
    },
    scale: (x, factor) => {
      const by = { name: number(factor), shape: [] };
      return plain("Mul", [x, by], shapes.scale(x.shape, factor));
    },
    concat: (parts) => plain("Concat", parts, shapes.concat(parts.map((it) => it.shape)), [intAttribute("axis", 1)]),
    flatten: (x) => {
      const shape = shapes.flatten(x.shape);
      const { path } = layerOf(shape);
      // Features come in TensorFlow's order, channels last, or the dense layer behind would read other weights.
      const [height, width] = x.shape;
      const last =
        height === 1 && width === 1
          ? x.name
          : emit("Transpose", [x.name], [path, "channelsLast"], [intsAttribute("perm", [0, 2, 3, 1])]);
      return { name: emit("Flatten", [last], [path, "flat"]), shape };
    },
    dropout: (x) => x,
    dropPath: (x) => x,
  };
  return { builder, nodes, layers };
};
