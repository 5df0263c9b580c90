import { type Binding, type BoundAttribute, nativeBackend } from "./native.ts";
import { type AttrValue, type NodeDef, shapeOf } from "./savedModel.ts";
import type { Tensor } from "./tf.ts";

/** A graph, and where its inputs go in and its outputs come out: "x:0". */
export interface Recording<R> {
  nodes: NodeDef[];
  inputs: string[];
  outputs: string[];
  /** Constants of the step, which stay inputs of the graph: names, and values in native TensorFlow, to be deleted at the end. */
  constants: { name: string; id: number }[];
  /** What the function itself returned while it was recorded. */
  returned: R;
}

/**
 * Marks that TensorFlow's graph optimiser puts on sums and products that it has regrouped, so that it leaves them alone from then
 * on (grappler/optimizers/arithmetic_optimizer.cc). Regrouped, they would round differently than in an eager step.
 */
const leaveOrder: Record<string, AttrValue> = {
  _grappler_ArithmeticOptimizer_AddOpsRewriteStage: { b: true },
  _grappler_ArithmeticOptimizer_MinimizeBroadcasts: { b: true },
};
const ordered = new Set(["Add", "AddV2", "AddN", "Mul"]);

const attrValue = (binding: Binding, { name, type, value }: BoundAttribute): AttrValue => {
  if (type === binding.TF_ATTR_STRING) return { s: Buffer.from(value as string) };
  if (type === binding.TF_ATTR_INT) return Array.isArray(value) ? { list: { i: value } } : { i: value as number };
  if (type === binding.TF_ATTR_FLOAT) return { f: value as number };
  if (type === binding.TF_ATTR_BOOL) return { b: value as boolean };
  if (type === binding.TF_ATTR_TYPE) return { type: value as number };
  if (type === binding.TF_ATTR_SHAPE) return { shape: shapeOf(value as number[]) };
  throw new Error(`Attribute ${name} has a type (${type}) that cannot be recorded.`);
};

/**
 * Runs `step` once and notes every operation that TensorFlow executes for it. Each kernel of TensorFlow.js ends in
 * `executeOp(name, attributes, inputs, outputs)`, and those four are a node of a TensorFlow graph; so the nodes of one run are
 * the step as a graph. `inputs` become its placeholders; every other value from outside becomes a constant.
 *
 * Throws when the step looks at a value on its way (`dataSync`): what it does next might depend on it.
 */
export const record = <R>(
  inputs: readonly Tensor[],
  step: () => R,
  outputsOf: (returned: R) => readonly Tensor[],
): Recording<R> => {
  const backend = nativeBackend();
  const native = backend.binding;
  const nodes: NodeDef[] = [];
  const known = new Map<number, { name: string; dtype: number }>();
  const add = (op: string, input: string[], attr: Record<string, AttrValue>): string => {
    const name = `n${nodes.length}`;
    nodes.push({ name, op, input, attr: ordered.has(op) ? { ...attr, ...leaveOrder } : attr });
    return name;
  };
  const placeholder = (shape: readonly number[], dtype: number): string =>
    `${add("Placeholder", [], { dtype: { type: dtype }, shape: { shape: shapeOf(shape) } })}:0`;

  const constants = new Map<string, { name: string; id: number }>();
  const constant = (id: number, shape: number[], dtype: number, values: ArrayBufferView) => {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
    if (dtype !== native.TF_FLOAT) {
      const tensor = { dtype, tensorShape: shapeOf(shape), tensorContent: bytes };
      known.set(id, { name: `${add("Const", [], { dtype: { type: dtype }, value: { tensor } })}:0`, dtype });
      return;
    }
    // A graph's optimiser that knew these numbers would compute with them first (x · a · b as x · ab), which rounds differently.
    const key = `${shape}:${Buffer.from(bytes).toString("base64")}`;
    const held = constants.get(key) ?? { name: placeholder(shape, dtype), id: native.createTensor(shape, dtype, values) };
    constants.set(key, held);
    known.set(id, { name: held.name, dtype });
  };
  const find = (id: number) => {
    const it = known.get(id);
    if (!it) throw new Error("The step uses a tensor made outside of it that is not among its inputs.");
    return it;
  };

  const types: Partial<Record<string, number>> = { float32: native.TF_FLOAT, int32: native.TF_INT32, bool: native.TF_BOOL };
  const idsOf = (tensors: readonly Tensor[]) => backend.getInputTensorIds(tensors);
  const placeholders = idsOf(inputs).map((id, i) => {
    const { dtype, shape } = inputs[i] as Tensor;
    const type = types[dtype];
    if (type === undefined) throw new Error(`An input of type ${dtype} cannot be recorded.`);
    if (known.has(id)) throw new Error("Two inputs are one and the same tensor.");
    const name = placeholder(shape, type);
    known.set(id, { name, dtype: type });
    return name;
  });

  // The native object ignores assignments to its methods, so the spy inherits from it and defines its own.
  const spy = Object.create(native, {
    createTensor: {
      value: (shape: number[], dtype: number, values: ArrayBufferView) => {
        const id = native.createTensor(shape, dtype, values);
        constant(id, shape, dtype, values);
        return id;
      },
    },
    executeOp: {
      value: (op: string, attributes: BoundAttribute[], ids: number[], count: number) => {
        const handles = native.executeOp(op, attributes, ids, count);
        const sources = ids.map(find);
        const attr = Object.fromEntries(attributes.map((it) => [it.name, attrValue(native, it)]));
        // The one kernel that leaves the type for TensorFlow to infer, which it does for operations but not for graphs.
        if (op === "ExpandDims") attr["T"] = { type: (sources[0] as (typeof sources)[number]).dtype };
        const inputs = sources.map((it) => it.name);
        const name = add(op, inputs, attr);
        handles.forEach((it, i) => {
          known.set(it.id, { name: `${name}:${i}`, dtype: it.dtype });
        });
        return handles;
      },
    },
    tensorDataSync: {
      value: () => {
        throw new Error("The step reads a tensor's value while it runs.");
      },
    },
  }) as Binding;

  backend.binding = spy;
  try {
    const returned = step();
    const outputs = idsOf(outputsOf(returned)).map((id) => find(id).name);
    return { nodes, inputs: placeholders, outputs, constants: [...constants.values()], returned };
  } finally {
    backend.binding = native;
  }
};
