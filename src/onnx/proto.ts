import { fileURLToPath } from "node:url";
import protobuf from "protobufjs";

/** The message of a whole `.onnx` file, from the description beside this file. */
export const ModelProto = protobuf
  .loadSync(fileURLToPath(new URL("./onnx.proto", import.meta.url)))
  .lookupType("onnx.ModelProto");
