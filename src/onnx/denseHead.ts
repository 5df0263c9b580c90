import { type GraphView, intOf, intsOf } from "./graph.ts";
import type { OnnxGraph, OnnxNode } from "./model.ts";

/** The last dense layer of a classifier: what a new one takes the place of. */
export interface DenseHead {
  /** The layer: Gemm, MatMul, or a convolution of 1 × 1. */
  layer: OnnxNode;
  /** The value that it reads: [N, width], or [N, width, h, w] where it is a convolution. */
  input: string;
  isMap: boolean;
}

/** What may stand between the layer and the scores: one value goes in and the same scores come out, reshaped, scaled or squashed. */
const carriers =
  /^(Flatten|Reshape|Squeeze|Unsqueeze|Dropout|Identity|Cast|Softmax|LogSoftmax|Sigmoid|Clip|QuantizeLinear|DequantizeLinear)$/;
/** Joined with numbers that no picture changes: a bias, a factor. */
const joiners = /^(Add|Sub|Mul|Div)$/;
/** What may follow a convolution besides, where each class has a map (Lin et al. 2013, SqueezeNet). */
const mapCarriers = /^(Relu|GlobalAveragePool|AveragePool|ReduceMean)$/;

/** The values of a graph's own nodes that change with the picture; nodes stand behind what they read, as ONNX demands. */
const pictureValues = ({ node, input, initializer = [] }: OnnxGraph): ReadonlySet<string> => {
  const constants = new Set(initializer.map((it) => it.name));
  const changing = new Set(input.flatMap(({ name }) => (constants.has(name) ? [] : [name])));
  for (const it of node) {
    const reads = it.input.some((name) => changing.has(name)) || it.attribute?.some(({ g }) => g !== undefined);
    if (reads) for (const name of it.output) changing.add(name);
  }
  return changing;
};

const isPointwise = ({ constants }: GraphView, layer: OnnxNode): boolean => {
  const kernel = intsOf(layer, "kernel_shape") ?? constants.get(layer.input[1] ?? "")?.dims?.slice(2);
  return kernel?.join() === "1,1" && intOf(layer, "group", 1) === 1;
};

/**
 * Looks for the last dense layer before `output`, whatever its weights are stored as. Undefined where the scores are made in another
 * way, or by arithmetic on whole numbers, as in files quantised to QLinearMatMul.
 */
export const findDenseHead = (view: GraphView, output: string): DenseHead | undefined => {
  const changing = pictureValues(view.graph);
  let value = output;
  let needsMap = false;
  for (;;) {
    const node = view.maker.get(value);
    if (!node || (node.domain ?? "") !== "") return undefined;
    const [first = "", second = ""] = node.input;
    const from = [first, second].filter((it) => changing.has(it));
    if (joiners.test(node.opType) && from.length === 1) value = from[0] as string;
    else if (carriers.test(node.opType)) value = first;
    else if (mapCarriers.test(node.opType)) [value, needsMap] = [first, true];
    else {
      if (from.length !== 1 || from[0] !== first) return undefined;
      if (node.opType === "Conv") return isPointwise(view, node) ? { layer: node, input: first, isMap: true } : undefined;
      const isDense = node.opType === "MatMul" || (node.opType === "Gemm" && intOf(node, "transA", 0) === 0);
      return isDense && !needsMap ? { layer: node, input: first, isMap: false } : undefined;
    }
  }
};
