import { elementCount, type GraphView, hasSubgraph, intOf } from "./graph.ts";
import type { OnnxModel, OnnxNode } from "./model.ts";
import { elementTypes, type OnnxGraph } from "./model.ts";

/** How a node's multiply-accumulates follow from the shape of one of its values. */
interface Counter {
  /** The value whose size must be seen in a run. */
  watch: string;
  macs(dims: readonly number[]): number;
}

const perOutput = (node: OnnxNode, each: number): Counter => ({
  watch: node.output[0] ?? "",
  macs: (dims) => elementCount({ dims }) * each,
});

/** One rule for each operation that multiplies and adds; the weight must be a constant, since its shape tells the inner size. */
const rules: Readonly<Record<string, (node: OnnxNode, weight: readonly number[]) => Counter>> = {
  Conv: (node, weight) => perOutput(node, elementCount({ dims: weight.slice(1) })), // [out, in / groups, kernel...]
  ConvTranspose: (node, weight) => ({
    watch: node.input[0] ?? "",
    macs: (dims) => elementCount({ dims }) * elementCount({ dims: weight.slice(1) }),
  }),
  Gemm: (node, weight) => perOutput(node, weight[intOf(node, "transB", 0) === 1 ? 1 : 0] ?? 0),
  MatMul: (node, weight) => perOutput(node, weight.at(-2) ?? 0),
};

/** Operations that multiply and add in ways we do not count: a figure without them would be too small, so there is none. */
const uncounted =
  /^(QLinearConv|ConvInteger|QLinearMatMul|MatMulInteger|MatMulNBits|Einsum|LSTM|GRU|RNN|Attention|FusedConv|FusedMatMul|DeformConv)$/;

/** What to watch in one run to count a model's work, or undefined where it holds operations that cannot be counted. */
export const macCounters = (model: OnnxModel, { graph, constants }: GraphView): readonly Counter[] | undefined => {
  if ((model.functions?.length ?? 0) > 0) return undefined;
  const counters: Counter[] = [];
  for (const node of graph.node) {
    if (uncounted.test(node.opType) || hasSubgraph(node)) return undefined;
    const rule = rules[node.opType];
    if (!rule) continue;
    const weight = constants.get(node.input[1] ?? "");
    if (!weight?.dims) return undefined;
    counters.push(rule(node, weight.dims));
  }
  return counters;
};

const trained: readonly number[] = [elementTypes.float, elementTypes.float16, elementTypes.int8, elementTypes.uint8];

/**
 * Trained numbers of a model, as papers count them: initialisers without shapes and limits (whole numbers, scalars) and without
 * the running mean and variance of batch normalisation, which are measured, not trained.
 */
export const countGraphParameters = (graph: OnnxGraph): number => {
  const measured = new Set(graph.node.filter((it) => it.opType === "BatchNormalization").flatMap((it) => it.input.slice(3, 5)));
  return (graph.initializer ?? [])
    .filter((it) => trained.includes(it.dataType) && (it.dims?.length ?? 0) > 0 && !measured.has(it.name ?? ""))
    .reduce((sum, it) => sum + elementCount(it), 0);
};
