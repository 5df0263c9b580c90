import protobuf from "protobufjs";
import { ModelProto } from "./file.ts";

/** A field as it stands in a file: the message that holds it, its number, and what it says where that is a number or bytes. */
interface Field {
  type: protobuf.Type;
  id: number;
  /** Its lowest 32 bits. */
  number?: number;
  body?: Uint8Array;
  /** The message that the bytes are, if the schema says so. */
  message?: protobuf.Type;
}

const [VARINT, DELIMITED] = [0, 2];
const MAX_FIELDS = 10e6; // far beyond any classifier; 600 MB of empty fields would take a minute to walk and gigabytes to take apart
const MAX_DEPTH = 100; // as in the protobuf library of ONNX Runtime, which refuses deeper files

/**
 * Goes through an `.onnx` file by its schema and shows `meet` every field of every message, wherever it stands, in the file's
 * order. Unlike taking the file apart it sees each repetition of a field that should occur once, and costs neither memory nor
 * time for weights. Throws when the bytes are no protobuf, or one of such a size as only malice gives it.
 */
export const visitFields = (bytes: Uint8Array, meet: (field: Field) => void): void => {
  const reader = protobuf.Reader.create(bytes);
  let fields = 0;
  const inside = (type: protobuf.Type, end: number, depth: number): void => {
    if (depth > MAX_DEPTH) throw new RangeError(`Expected at most ${MAX_DEPTH} messages in one another`);
    while (reader.pos < end) {
      if (++fields > MAX_FIELDS) throw new RangeError(`Expected at most ${MAX_FIELDS} fields`);
      const tag = reader.uint32();
      const [id, wire] = [tag >>> 3, tag & 7];
      if (wire === VARINT) meet({ type, id, number: reader.uint32() });
      else if (wire === DELIMITED) {
        const length = reader.uint32();
        const stop = reader.pos + length;
        if (stop > end) throw new RangeError(`Expected ${length} bytes at ${reader.pos}, the message ends at ${end}`);
        const body = bytes.subarray(reader.pos, stop);
        const message = type.fieldsById[id]?.resolve().resolvedType;
        if (message instanceof protobuf.Type) {
          meet({ type, id, body, message });
          inside(message, stop, depth + 1);
        } else {
          meet({ type, id, body });
          reader.skip(length);
        }
      } else {
        meet({ type, id });
        reader.skipType(wire);
      }
    }
    if (reader.pos !== end) throw new RangeError(`Expected the message to end at ${end}, it goes on to ${reader.pos}`);
  };
  inside(ModelProto, bytes.length, 0);
};
