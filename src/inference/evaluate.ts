import { createHash } from "node:crypto";
import type { Normalisation, Pictures } from "../data/dataset.ts";
import { normalisingTable } from "../data/dataset.ts";
import { openSession } from "./session.ts";

/** What a model file says of pictures whose classes are known. */
export interface Judgement {
  /** 0 … 1 */
  accuracy: number;
  correct: number;
  total: number;
  /** Share of each class's pictures that are called by its name. */
  perClass: Record<string, number>;
  /** Row: what a picture shows; column: what the model calls it. */
  confusion: number[][];
  imagesPerSecond: number;
}

/** Pictures run at a time. */
const BATCH = 250;

/** Rows of pictures, channels first and normalised, as an ONNX file of ours takes them. */
const channelsFirst = ({ pixels }: Pictures, from: number, count: number, size: number, table: Float32Array): Float32Array => {
  const plane = size * size;
  const out = new Float32Array(count * plane * 3);
  for (let n = 0; n < count; n++)
    for (let place = 0; place < plane; place++)
      for (let channel = 0; channel < 3; channel++)
        out[(n * 3 + channel) * plane + place] = table[
          channel * 256 + (pixels[((from + n) * plane + place) * 3 + channel] as number)
        ] as number;
  return out;
};

/** Judges a model file of ours on pictures with the same number of classes, in ONNX Runtime. */
export const judge = async (
  bytes: Uint8Array,
  pictures: Pictures,
  { size, classes, normalisation }: { size: number; classes: readonly string[]; normalisation: Normalisation },
): Promise<Judgement> => {
  const table = normalisingTable(normalisation);
  const session = await openSession(createHash("sha256").update(bytes).digest("hex"), async () => bytes);
  const confusion = classes.map(() => classes.map(() => 0));
  let [correct, ms] = [0, 0];
  for (let from = 0; from < pictures.count; from += BATCH) {
    const count = Math.min(BATCH, pictures.count - from);
    const pass = await session.run(channelsFirst(pictures, from, count, size, table), [count, 3, size, size]);
    ms += pass.ms;
    const logits = Object.values(pass.outputs)[0]?.data ?? new Float32Array();
    for (let n = 0; n < count; n++) {
      const row = logits.subarray(n * classes.length, (n + 1) * classes.length);
      const said = row.indexOf(row.reduce((best, it) => Math.max(best, it), -Infinity));
      const label = pictures.labels[from + n] as number;
      const line = confusion[label] as number[];
      line[said] = (line[said] ?? 0) + 1;
      if (said === label) correct++;
    }
  }
  const share = (line: readonly number[], label: number) =>
    (line[label] ?? 0) /
    Math.max(
      1,
      line.reduce((sum, it) => sum + it, 0),
    );
  return {
    accuracy: correct / pictures.count,
    correct,
    total: pictures.count,
    perClass: Object.fromEntries(classes.map((name, label) => [name, share(confusion[label] as number[], label)])),
    confusion,
    imagesPerSecond: Math.round((pictures.count * 1000) / ms),
  };
};
