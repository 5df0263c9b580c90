import { createHash } from "node:crypto";
import { type Normalisation, normaliser } from "../images/normalise.ts";
import { type Evaluation, evaluateLogits } from "./evaluation.ts";
import { openSession } from "./session.ts";

/** Images run at a time. */
const BATCH = 250;

/**
 * Evaluates a model file of ours (NCHW, its first output the logits) in ONNX Runtime, on square RGB images of `size` pixels, eight bits
 * each, row after row. Labels are indices of `classes`.
 */
export const evaluateModel = async (
  bytes: Uint8Array,
  { count, pixels, labels }: { count: number; pixels: Uint8Array; labels: ArrayLike<number> },
  { size, classes, normalisation }: { size: number; classes: readonly string[]; normalisation: Normalisation },
): Promise<Evaluation & { imagesPerSecond: number }> => {
  const session = await openSession(createHash("sha256").update(bytes).digest("hex"), async () => bytes);
  const write = normaliser(normalisation, "NCHW");
  const length = size * size * 3;
  const logits = new Float32Array(count * classes.length);
  let ms = 0;
  for (let from = 0; from < count; from += BATCH) {
    const rows = Math.min(BATCH, count - from);
    const input = new Float32Array(rows * length);
    for (let n = 0; n < rows; n++) write(pixels.subarray((from + n) * length, (from + n + 1) * length), input, n * length);
    const pass = await session.run(input, [rows, 3, size, size]);
    ms += pass.ms;
    logits.set(Object.values(pass.outputs)[0]?.data ?? new Float32Array(), from * classes.length);
  }
  return { ...evaluateLogits(logits, labels, classes.length), imagesPerSecond: Math.round((count * 1000) / ms) };
};
