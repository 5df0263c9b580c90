import { fileURLToPath } from "node:url";
import protobuf from "protobufjs";
import type { OnnxModel, OnnxValue } from "./model.ts";

const schema = protobuf.loadSync(fileURLToPath(new URL("./onnx.proto", import.meta.url)));

/** The message of a whole `.onnx` file, from the description beside this file. */
export const ModelProto = schema.lookupType("onnx.ModelProto");
/** The message of a graph. */
export const GraphProto = schema.lookupType("onnx.GraphProto");
/** The message of one operation. */
export const NodeProto = schema.lookupType("onnx.NodeProto");
/** The message of one tensor. */
export const TensorProto = schema.lookupType("onnx.TensorProto");
/** A key and its value, both text. */
export const StringStringEntryProto = schema.lookupType("onnx.StringStringEntryProto");

/**
 * Takes an ONNX file apart. Weights are views into `bytes`, not copies: a 500 MB model costs no second 500 MB.
 * Throws when the bytes are no protobuf at all; whether the result is a usable model is for `inspect` to decide.
 */
export const readModel = (bytes: Uint8Array): OnnxModel =>
  ModelProto.toObject(ModelProto.decode(bytes), { longs: Number, arrays: true }) as OnnxModel;

const encode = (part: object): Uint8Array => ModelProto.encode(ModelProto.fromObject(part)).finish();

/** Writes a whole model of our own making. Never for a file that somebody sent: fields we do not know would be lost. */
export const writeModel = (model: OnnxModel): Uint8Array => encode(model);

/**
 * Adds entries to the metadata of an ONNX file without touching what is in it: protobuf reads two messages laid end to end as
 * one, lists joined and later fields winning. So the rest stays as it came, byte for byte, fields unknown to us included.
 */
export const withMetadata = (bytes: Uint8Array, entries: Readonly<Record<string, string>>): Uint8Array =>
  Buffer.concat([bytes, encode({ metadataProps: Object.entries(entries).map(([key, value]) => ({ key, value })) })]);

/** Makes inner values of the graph (a feature map) outputs as well, in the same way; the runtime infers their types. */
export const withOutputs = (bytes: Uint8Array, names: readonly string[]): Uint8Array =>
  Buffer.concat([bytes, encode({ graph: { output: names.map((name): OnnxValue => ({ name })) } })]);
