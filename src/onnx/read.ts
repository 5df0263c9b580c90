import type { OnnxModel } from "./model.ts";
import { ModelProto } from "./proto.ts";

/**
 * Takes an ONNX file apart. Weights are views into `bytes`, not copies: a 500 MB model costs no second 500 MB.
 * Throws when the bytes are no protobuf at all; that what came out is a usable model is for `inspect` to say.
 */
export const readModel = (bytes: Uint8Array): OnnxModel =>
  ModelProto.toObject(ModelProto.decode(bytes), { longs: Number, arrays: true }) as OnnxModel;
