import type { OnnxModel, OnnxValue } from "./model.ts";
import { ModelProto } from "./proto.ts";

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
