import { createHash } from "node:crypto";
import { readWeights } from "../../src/nets/backends/onnx.ts";

/** SHA-256 of a model file's numbers alone: its card has a name of its own, and says when it was made. */
export const hashOfWeights = (file: Uint8Array): string => {
  const hash = createHash("sha256");
  for (const [name, { data }] of [...readWeights(file)].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(name).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return hash.digest("hex");
};
