import { toHalf } from "./half.ts";
import { attributeTypes, elementTypes, type OnnxAttribute, type OnnxNode, type OnnxTensor, type OnnxValue } from "./model.ts";

/** The little pieces that a graph of our own is put together from. */
export const intAttribute = (name: string, i: number): OnnxAttribute => ({ name, type: attributeTypes.int, i });
export const intsAttribute = (name: string, list: readonly number[]): OnnxAttribute => ({
  name,
  type: attributeTypes.ints,
  ints: list,
});
export const floatAttribute = (name: string, f: number): OnnxAttribute => ({ name, type: attributeTypes.float, f });
const tensorAttribute = (name: string, t: OnnxTensor): OnnxAttribute => ({ name, type: attributeTypes.tensor, t });

export const makeNode = (
  opType: string,
  input: readonly string[],
  output: string,
  attribute: readonly OnnxAttribute[] = [],
): OnnxNode => ({ opType, name: output, input, output: [output], attribute });

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Float32 numbers, or the same rounded to half precision. */
export const floatTensor = (name: string, dims: readonly number[], values: Float32Array): OnnxTensor => ({
  ...{ name, dims, dataType: elementTypes.float, rawData: bytesOf(values) },
});
export const float16Tensor = (name: string, dims: readonly number[], values: Float32Array): OnnxTensor => ({
  ...{ name, dims, dataType: elementTypes.float16, rawData: bytesOf(toHalf(values)) },
});
export const int64Tensor = (name: string, values: readonly number[]): OnnxTensor => ({
  ...{ name, dims: [values.length], dataType: elementTypes.int64, rawData: bytesOf(BigInt64Array.from(values, BigInt)) },
});

/** A number that is part of the graph and not of what was learned, so that nobody counts it among the weights. */
export const constantNode = (value: OnnxTensor & { name: string }): OnnxNode =>
  makeNode("Constant", [], value.name, [tensorAttribute("value", value)]);

/** What goes in or comes out: float32, with "N" or the like for a free dimension. */
export const valueInfo = (name: string, dims: readonly (number | string)[]): OnnxValue => ({
  name,
  type: {
    tensorType: {
      elemType: elementTypes.float,
      shape: { dim: dims.map((it) => (typeof it === "number" ? { dimValue: it } : { dimParam: it })) },
    },
  },
});
