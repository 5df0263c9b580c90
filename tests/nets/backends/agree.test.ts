import { describe, it } from "vitest";
import { nets } from "../../../src/nets/index.ts";
import { isNative } from "../../../src/tf/native.ts";
import { expectTheSameLogits } from "../../helpers/agreement.ts";

describe.skipIf(!isNative())("TensorFlow and ONNX Runtime say the same (needs native TensorFlow)", () => {
  it.each(nets.filter(({ size }) => size <= 32))("of $name", expectTheSameLogits);
});
