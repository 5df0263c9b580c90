/** An ONNX file taken apart, as far as `onnx.proto` here describes it. Whole numbers are plain numbers; lists are never missing. */
export interface OnnxModel {
  irVersion?: number;
  producerName?: string;
  graph?: OnnxGraph;
  opsetImport?: readonly { domain?: string; version?: number }[];
  metadataProps?: readonly { key: string; value: string }[];
  functions?: readonly OnnxFunction[];
}

/** An operation that a file brings along, made of others. Nodes call it by its domain, name and overload. */
export interface OnnxFunction {
  name?: string;
  domain?: string;
  overload?: string;
  node: readonly OnnxNode[];
}

export interface OnnxGraph {
  name?: string;
  node: readonly OnnxNode[];
  initializer?: readonly OnnxTensor[];
  input: readonly OnnxValue[];
  output: readonly OnnxValue[];
  /** What is known of inner values. */
  valueInfo?: readonly OnnxValue[];
  sparseInitializer?: readonly { values?: OnnxTensor }[];
}

export interface OnnxNode {
  name?: string;
  opType: string;
  domain?: string;
  overload?: string;
  input: readonly string[];
  output: readonly string[];
  attribute?: readonly OnnxAttribute[];
}

export interface OnnxAttribute {
  name: string;
  /** Which field holds the value: see `attributeTypes`. */
  type: number;
  f?: number;
  i?: number;
  s?: Uint8Array;
  t?: OnnxTensor;
  g?: OnnxGraph;
  floats?: readonly number[];
  ints?: readonly number[];
  graphs?: readonly OnnxGraph[];
}

export interface OnnxTensor {
  name?: string;
  dims?: readonly number[];
  /** See `elementTypes`. */
  dataType: number;
  rawData?: Uint8Array;
  floatData?: readonly number[];
  int32Data?: readonly number[];
  int64Data?: readonly number[];
  externalData?: readonly { key: string; value: string }[];
  /** 1 when the numbers lie in another file. */
  dataLocation?: number;
}

export interface OnnxValue {
  name: string;
  type?: { tensorType?: { elemType?: number; shape?: { dim?: readonly OnnxDimension[] } } };
}

/** A fixed size, or the name of a free one ("batch"), or neither. */
interface OnnxDimension {
  dimValue?: number;
  dimParam?: string;
}

/** `AttributeProto.AttributeType`. */
export const attributeTypes = { float: 1, int: 2, string: 3, tensor: 4, graph: 5, floats: 6, ints: 7 } as const;

/** `TensorProto.DataType`, those we meet. */
export const elementTypes = { float: 1, uint8: 2, int8: 3, int32: 6, int64: 7, bool: 9, float16: 10 } as const;
