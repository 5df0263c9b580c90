import { type GraphView, intsOf, numbersOf } from "./graph.ts";
import type { OnnxNode } from "./model.ts";

/** Operations that only pass class scores on: they change no score's rank and mix none. */
const carriers = /^(Flatten|Reshape|Squeeze|Unsqueeze|Dropout|Identity)$/;

/** The node that really makes a value, past what only passes it on. */
const producerOf = ({ maker }: GraphView, name: string, passing = carriers): OnnxNode | undefined => {
  let node = maker.get(name);
  while (node && passing.test(node.opType)) node = maker.get(node.input[0] ?? "");
  return node;
};

/** Whether an output is already a distribution (the graph ends in Softmax) or still logits. */
export const outputKind = (view: GraphView, output: string): "logits" | "probabilities" =>
  producerOf(view, output)?.opType === "Softmax" ? "probabilities" : "logits";

/** A graph's end of global pooling and one dense layer, which a class activation map can be read from (Zhou et al. 2016). */
export interface PooledHead {
  /** The value before pooling: [1, channels, h, w] for NCHW. */
  features: string;
  layout: "NCHW" | "NHWC";
  /** `weights[k * channels + c]`: how much channel c speaks for class k. Undefined where the channels are the classes themselves. */
  weights?: { values: Float32Array; channels: number };
}

const pooling = (view: GraphView, node: OnnxNode | undefined): Pick<PooledHead, "features" | "layout"> | undefined => {
  const [features = "", axesName = ""] = node?.input ?? [];
  if (node?.opType === "GlobalAveragePool" || node?.opType === "AveragePool") return { features, layout: "NCHW" };
  if (node?.opType !== "ReduceMean") return undefined;
  const constant = view.constants.get(axesName);
  const axes = intsOf(node, "axes") ?? Array.from((constant && numbersOf(constant)) ?? []);
  const sorted = axes.map((it) => (it < 0 ? it + 4 : it)).sort((a, b) => a - b);
  return sorted.join() === "2,3"
    ? { features, layout: "NCHW" }
    : sorted.join() === "1,2"
      ? { features, layout: "NHWC" }
      : undefined;
};

const dense = (view: GraphView, node: OnnxNode): PooledHead["weights"] => {
  const tensor = view.constants.get(node.input[1] ?? "");
  const values = tensor && numbersOf(tensor);
  const [first = 0, second = 0, ...kernel] = tensor?.dims ?? [];
  if (!values || kernel.some((it) => it !== 1)) return undefined;
  const transposed = node.opType === "Conv" || node.attribute?.some((it) => it.name === "transB" && it.i === 1);
  if (transposed) return { values, channels: second }; // [classes, channels]
  const turned = new Float32Array(values.length); // [channels, classes] -> [classes, channels]
  for (let c = 0; c < first; c++) for (let k = 0; k < second; k++) turned[k * first + c] = values[c * second + k] ?? 0;
  return { values: turned, channels: first };
};

/** Looks for pooling and at most one dense layer at the end of the graph. Undefined for every other shape of network. */
export const findPooledHead = (view: GraphView, output: string): PooledHead | undefined => {
  const last = producerOf(view, output, /^(Softmax|LogSoftmax|Flatten|Reshape|Squeeze|Unsqueeze|Dropout|Identity)$/);
  const direct = pooling(view, last);
  if (direct) return direct;
  const isBias = last?.opType === "Add" && last.input.some((it) => view.constants.has(it));
  const layer = isBias ? producerOf(view, last.input.find((it) => !view.constants.has(it)) ?? "") : last;
  if (!layer || !/^(Gemm|MatMul|Conv)$/.test(layer.opType)) return undefined;
  const pool = pooling(view, producerOf(view, layer.input[0] ?? ""));
  const weights = dense(view, layer);
  return pool && weights && { ...pool, weights };
};
