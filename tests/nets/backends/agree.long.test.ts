import { describe, it } from "vitest";
import { nets } from "../../../src/nets/index.ts";
import { isNative } from "../../../src/tf/native.ts";
import { expectTheSameLogits } from "../../helpers/agreement.ts";

/** The smallest network for large pictures of each family: the first. */
const large = nets.filter((it) => it === nets.find(({ family, size }) => family === it.family && size > 32));

describe.skipIf(!isNative())("TensorFlow and ONNX Runtime say the same (needs native TensorFlow)", () => {
  it.each(large)("of $name", expectTheSameLogits);
});
