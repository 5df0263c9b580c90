import type { Normalisation } from "../images/normalise.ts";
import type { Teacher } from "../inference/teacher.ts";
import type { Batch, BatchSource } from "./batches.ts";

/**
 * The RGB bytes of normalised pictures, NHWC: exact, since every number of a batch is a normalised byte, and neighbours lie far further
 * apart than float32 rounds.
 */
export const denormalise = (x: Float32Array, { mean, std, scale = 255, order = "RGB" }: Normalisation): Uint8Array => {
  const out = new Uint8Array(x.length);
  const [first, last] = order === "BGR" ? [2, 0] : [0, 2];
  const byteAt = (i: number, channel: 0 | 1 | 2) =>
    Math.round(((x[i + channel] as number) * std[channel] + mean[channel]) * scale);
  for (let i = 0; i < x.length; i += 3) {
    out[i + first] = byteAt(i, 0);
    out[i + 1] = byteAt(i, 1);
    out[i + last] = byteAt(i, 2);
  }
  return out;
};

/** Steps for which the teacher is asked before anyone wants their batch: it looks at the next one while this one is trained. */
const AHEAD = 1;

/**
 * A source whose batches also say what a teacher thinks of exactly these pictures, augmented as they are: its logits `teacher`, and its
 * feature maps `teacherFeatures` where it was opened with features. `normalisation` is the one of the source's `x`. Closing either stays
 * with whoever opened it.
 */
export const withTeacher = (source: BatchSource, teacher: Teacher, normalisation: Normalisation): BatchSource => {
  const coming = new Map<number, Promise<Batch>>();
  const make = async (step: number): Promise<Batch> => {
    const batch = await source.next(step);
    const { logits, features } = await teacher.outputs(denormalise(batch["x"] ?? new Float32Array(), normalisation));
    return { ...batch, teacher: logits, ...(features ? { teacherFeatures: features } : {}) };
  };
  const ask = (step: number): Promise<Batch> => {
    const known = coming.get(step);
    if (known) return known;
    const made = make(step);
    made.catch(() => undefined); // whoever awaits the batch is told of the failure
    coming.set(step, made);
    return made;
  };
  return {
    batch: source.batch,
    shapes: {
      ...source.shapes,
      teacher: [teacher.classes],
      ...(teacher.featureShape ? { teacherFeatures: teacher.featureShape } : {}),
    },
    next: (step) => {
      const batch = ask(step);
      for (let ahead = 1; ahead <= AHEAD; ahead++) ask(step + ahead);
      for (const other of coming.keys()) if (other <= step) coming.delete(other);
      return batch;
    },
  };
};
