import { fromHalf } from "./half.ts";
import { attributeTypes, elementTypes, type OnnxGraph, type OnnxNode, type OnnxTensor } from "./model.ts";

/** A graph with the two lookup tables that every analysis needs. */
export interface GraphView {
  graph: OnnxGraph;
  /** The node that makes a value. */
  maker: ReadonlyMap<string, OnnxNode>;
  /** Numbers known before the model runs: initialisers, and what Constant, Identity and Cast nodes make of them. */
  constants: ReadonlyMap<string, OnnxTensor>;
}

export const viewGraph = (graph: OnnxGraph): GraphView => {
  const maker = new Map(graph.node.flatMap((node) => node.output.map((name) => [name, node] as const)));
  const constants = new Map((graph.initializer ?? []).map((it) => [it.name ?? "", it]));
  for (const node of graph.node) {
    const [name = ""] = node.output;
    const value =
      node.opType === "Constant"
        ? attribute(node, "value")?.t
        : node.opType === "Identity" || node.opType === "Cast"
          ? constants.get(node.input[0] ?? "")
          : undefined;
    if (value) constants.set(name, value);
  }
  return { graph, maker, constants };
};

const attribute = (node: OnnxNode, name: string) => node.attribute?.find((it) => it.name === name);

/** A whole-number attribute, or `otherwise`: ONNX leaves defaults out. */
export const intOf = (node: OnnxNode, name: string, otherwise: number): number => {
  const found = attribute(node, name);
  return found?.type === attributeTypes.int ? (found.i ?? 0) : otherwise;
};
export const intsOf = (node: OnnxNode, name: string): readonly number[] | undefined => attribute(node, name)?.ints;

/** How many numbers a tensor holds. */
export const elementCount = (tensor: { dims?: readonly number[] }): number =>
  (tensor.dims ?? []).reduce((product, it) => product * it, 1);

/** The numbers of a float or integer constant, copied to where they are aligned. Undefined for other element types. */
export const numbersOf = (tensor: OnnxTensor): Float32Array | undefined => {
  const raw = tensor.rawData ?? new Uint8Array();
  const aligned = () => new Uint8Array(raw).buffer;
  switch (tensor.dataType) {
    case elementTypes.float:
      return raw.length > 0 ? new Float32Array(aligned()) : Float32Array.from(tensor.floatData ?? []);
    case elementTypes.float16:
      return fromHalf(raw.length > 0 ? new Uint16Array(aligned()) : Uint16Array.from(tensor.int32Data ?? []));
    case elementTypes.int32:
      return raw.length > 0 ? Float32Array.from(new Int32Array(aligned())) : Float32Array.from(tensor.int32Data ?? []);
    case elementTypes.int64:
      return raw.length > 0 ? Float32Array.from(new BigInt64Array(aligned()), Number) : Float32Array.from(tensor.int64Data ?? []);
    default:
      return undefined;
  }
};

/** Whether a node holds graphs of its own (If, Loop, Scan), whose work we do not follow. */
export const hasSubgraph = (node: OnnxNode): boolean =>
  node.attribute?.some((it) => it.g || (it.graphs?.length ?? 0) > 0) ?? false;
