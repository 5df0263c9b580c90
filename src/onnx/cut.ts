import protobuf from "protobufjs";
import { GraphProto, ModelProto, readModel } from "./file.ts";
import type { OnnxGraph, OnnxModel, OnnxNode } from "./model.ts";

/** Every name that a node reads, those that the graphs inside it take from around them included. */
const namesIn = ({ input, attribute = [] }: OnnxNode): string[] => [
  ...input,
  ...attribute.flatMap(({ g, graphs = [] }) =>
    [...(g ? [g] : []), ...graphs].flatMap((it) => [...it.node.flatMap(namesIn), ...it.output.map(({ name }) => name)]),
  ),
];

/** The names of all that some values of a graph are computed from, themselves included. */
const neededFor = ({ node }: OnnxGraph, values: readonly string[]): ReadonlySet<string> => {
  const maker = new Map(node.flatMap((it) => it.output.map((name) => [name, it] as const)));
  const needed = new Set<string>();
  const coming = [...values];
  for (let name = coming.pop(); name !== undefined; name = coming.pop()) {
    if (needed.has(name) || name === "") continue;
    needed.add(name);
    const made = maker.get(name);
    if (made) coming.push(...namesIn(made));
  }
  return needed;
};

/** The fields of one message as they stand in it, each with its tag: laid end to end they are the message again. */
function* fieldsOf(bytes: Uint8Array): Generator<{ id: number; whole: Uint8Array; body: Uint8Array }> {
  const reader = protobuf.Reader.create(bytes);
  while (reader.pos < bytes.length) {
    const from = reader.pos;
    const tag = reader.uint32();
    let body = new Uint8Array();
    if ((tag & 7) === 2) body = reader.bytes() as Uint8Array<ArrayBuffer>;
    else reader.skipType(tag & 7);
    yield { id: tag >>> 3, whole: bytes.subarray(from, reader.pos), body };
  }
}

const {
  graph: GRAPH,
  metadataProps: METADATA,
  trainingInfo: TRAINING,
} = Object.fromEntries(Object.values(ModelProto.fields).map(({ name, id }) => [name, id]));
/** `GraphProto.quantization_annotation`: remarks on tensors, some of which are about to go. */
const ANNOTATION = 14;

/** Whether a field of the graph stays: all that is needed, and what is not about any one value. Outputs go, others are to follow. */
const stays = (field: Uint8Array, needed: ReadonlySet<string>, constants: ReadonlySet<string | undefined>): boolean => {
  const part = GraphProto.toObject(GraphProto.decode(field)) as Partial<OnnxGraph>;
  const [node, tensor, input] = [part.node?.[0], part.initializer?.[0], part.input?.[0]];
  if (node) return node.output.some((name) => needed.has(name));
  if (tensor) return needed.has(tensor.name ?? "");
  if (part.sparseInitializer) return needed.has(part.sparseInitializer[0]?.values?.name ?? "");
  if (input) return needed.has(input.name) || !constants.has(input.name); // old files list their weights among the inputs
  if (part.valueInfo) return needed.has(part.valueInfo[0]?.name ?? "");
  return !part.output;
};

/**
 * An ONNX file cut down to what some values of its graph are computed from; weights that only the rest used are gone. It has no output
 * until one is added (`withOutputs`), and none of its metadata under the keys of `forget`. What stays does so byte for byte, fields
 * unknown to us included.
 */
export const cutAfter = (bytes: Uint8Array, values: readonly string[], forget: readonly string[] = []): Uint8Array => {
  const { graph }: OnnxModel = readModel(bytes);
  if (!graph) throw new Error("Expected a graph in the file.");
  const needed = neededFor(graph, values);
  const constants = new Set([
    ...(graph.initializer ?? []).map((it) => it.name),
    ...(graph.sparseInitializer ?? []).map((it) => it.values?.name),
  ]);
  const pieces: Uint8Array[] = [];
  for (const { id, whole, body } of fieldsOf(bytes)) {
    if (id === GRAPH) {
      const kept = [...fieldsOf(body)].filter((it) => it.id !== ANNOTATION && stays(it.whole, needed, constants));
      const length = kept.reduce((sum, it) => sum + it.whole.length, 0);
      pieces.push(
        protobuf.Writer.create()
          .uint32((id << 3) | 2)
          .uint32(length)
          .finish(),
        ...kept.map((it) => it.whole),
      );
    } else if (id === METADATA) {
      const [entry] = (ModelProto.toObject(ModelProto.decode(whole)) as OnnxModel).metadataProps ?? [];
      if (!entry || !forget.includes(entry.key)) pieces.push(whole);
    } else if (id !== TRAINING) pieces.push(whole);
  }
  return Buffer.concat(pieces);
};
