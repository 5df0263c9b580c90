import { type DataType, type Tensor, tf } from "./tf.ts";

/** One value as TensorFlow's C++ hands it over: `dtype` in TensorFlow's own numbers. */
export interface Handle {
  id: number;
  shape: number[];
  dtype: number;
}

/** An attribute of an operation in the form that the binding takes: `type` says how to read `value`. */
export interface BoundAttribute {
  name: string;
  type: number;
  value: unknown;
}

/** The part of tfjs-node's C++ binding that we use (binding/tfjs_binding.cc of @tensorflow/tfjs-node-gpu 4.22). */
export interface Binding {
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_BOOL: number;
  isUsingGpuDevice(): boolean;
  executeOp(name: string, attributes: BoundAttribute[], inputIds: number[], outputs: number): Handle[];
  createTensor(shape: number[], dtype: number, values: ArrayBufferView): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): unknown;
  loadSavedModel(folder: string, tags: string): number;
  deleteSavedModel(id: number): void;
  runSavedModel(id: number, inputIds: number[], inputNames: string, outputNames: string): Handle[];
}

export interface NativeBackend {
  binding: Binding;
  getInputTensorIds(tensors: readonly Tensor[]): number[];
  createOutputTensor(handle: Handle): Tensor;
}

/** Whether tensors live in native TensorFlow now (or in WASM, where none of this exists). */
export const isNative = (): boolean => tf.getBackend() === "tensorflow";

export const nativeBackend = (): NativeBackend => tf.backend() as unknown as NativeBackend;

/** What an attribute says; numbers are integers unless marked as `float`. */
export type Attribute = string | boolean | number | readonly number[] | { float: number } | { type: DataType };

const bind = (binding: Binding, name: string, it: Attribute): BoundAttribute => {
  if (typeof it === "string") return { name, type: binding.TF_ATTR_STRING, value: it };
  if (typeof it === "boolean") return { name, type: binding.TF_ATTR_BOOL, value: it };
  if (typeof it === "number" || Array.isArray(it)) return { name, type: binding.TF_ATTR_INT, value: it };
  if ("float" in it) return { name, type: binding.TF_ATTR_FLOAT, value: it.float };
  if (!("type" in it)) throw new Error(`Attribute ${name} is of no known kind.`);
  const types: Partial<Record<DataType, number>> = { float32: binding.TF_FLOAT, int32: binding.TF_INT32, bool: binding.TF_BOOL };
  return { name, type: binding.TF_ATTR_TYPE, value: types[it.type] };
};

/** Runs one operation of TensorFlow by its name in TensorFlow's registry. Attributes that are left out take its defaults. */
export const run = (name: string, inputs: readonly Tensor[], attributes: Record<string, Attribute>, outputs = 1): Tensor[] => {
  const backend = nativeBackend();
  const bound = Object.entries(attributes).map(([key, it]) => bind(backend.binding, key, it));
  return backend.binding
    .executeOp(name, bound, backend.getInputTensorIds(inputs), outputs)
    .map((it) => backend.createOutputTensor(it));
};

/** The same for an operation with one output. */
export const runOne = (name: string, inputs: readonly Tensor[], attributes: Record<string, Attribute>): Tensor =>
  run(name, inputs, attributes)[0] as Tensor;

export const float = { type: "float32" } as const;

let ownOperations: boolean | undefined;

/** Whether the binding of TensorFlow was linked with `operations`, which an official one is not; they are the processor's. */
export const hasOwnOperations = (): boolean => {
  if (!isNative() || nativeBackend().binding.isUsingGpuDevice()) return false;
  ownOperations ??= (() => {
    try {
      tf.dispose(run("PeerlabPointwise", [tf.zeros([1, 1, 1, 8]), tf.zeros([1, 1, 8, 8])], {})); // the newest: the binding of an earlier installation may lack it
      return true;
    } catch {
      return false;
    }
  })();
  return ownOperations;
};
