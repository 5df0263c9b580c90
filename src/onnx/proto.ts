import { fileURLToPath } from "node:url";
import protobuf from "protobufjs";

const schema = protobuf.loadSync(fileURLToPath(new URL("./onnx.proto", import.meta.url)));

/** The message of a whole `.onnx` file, from the description beside this file. */
export const ModelProto = schema.lookupType("onnx.ModelProto");
/** The message of one operation. */
export const NodeProto = schema.lookupType("onnx.NodeProto");
/** The message of one tensor. */
export const TensorProto = schema.lookupType("onnx.TensorProto");
/** A key and its value, both text. */
export const StringStringEntryProto = schema.lookupType("onnx.StringStringEntryProto");
