import protobuf from "protobufjs";
import { ModelProto } from "../../src/onnx/file.ts";

/** A length-delimited field of a protobuf message, byte by byte: for what no writer would write. */
export const field = (id: number, bytes: Uint8Array): Uint8Array =>
  protobuf.Writer.create()
    .uint32((id << 3) | 2)
    .bytes(bytes)
    .finish();
export const text = (id: number, it: string): Uint8Array => field(id, Buffer.from(it));

/** The bytes of one message of onnx.proto. */
export const encoded = (message: string, it: object): Uint8Array => {
  const type = ModelProto.root.lookupType(`onnx.${message}`);
  return type.encode(type.fromObject(it)).finish();
};
