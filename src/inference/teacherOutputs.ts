import { createHash } from "node:crypto";
import type { Teacher } from "./teacher.ts";

/** How fixed pictures are shown to a teacher: as they are, and mirrored left to right. */
export const views = ["as is", "mirrored"] as const;
export type View = (typeof views)[number];

/** Where outputs are kept between runs, under names of letters and digits; undefined where there is none, or it was damaged. */
export interface OutputCache {
  load(name: string): Promise<Uint8Array | undefined>;
  save(name: string, bytes: Uint8Array): Promise<void>;
}

/** A teacher's logits for the pictures of a data set, by each picture's index, whatever order they are learned in. */
export interface TeacherOutputs {
  classes: number;
  /** Logits [pictures × 2 views × classes]; NaN for pictures and views that were not asked for. */
  logits: Float32Array<SharedArrayBuffer>;
}

/** The logits of one picture under one view, as a view into `outputs`. */
export const logitsOf = ({ classes, logits }: TeacherOutputs, picture: number, view: View): Float32Array => {
  const row = 2 * picture + views.indexOf(view);
  return logits.subarray(row * classes, (row + 1) * classes);
};

/** Pictures between two looks at the signal. */
const CHUNK = 250;

/** Copies of pictures by their indices, mirrored where the view asks for it. */
const showPictures = (pixels: Uint8Array, size: number, indices: Uint32Array, view: View): Uint8Array => {
  const length = size * size * 3;
  const out = new Uint8Array(indices.length * length);
  for (const [i, index] of indices.entries()) {
    const picture = pixels.subarray(index * length, (index + 1) * length);
    if (view === "as is") out.set(picture, i * length);
    else
      for (let y = 0; y < size; y++)
        for (let x = 0; x < size; x++) {
          const from = (y * size + (size - 1 - x)) * 3;
          out.set(picture.subarray(from, from + 3), i * length + (y * size + x) * 3);
        }
  }
  return out;
};

/** Everything that decides a teacher's outputs, as one name. */
const cacheName = ({ model: { blob, card }, size, mapped }: Teacher, shown: string, view: View): string => {
  const { preprocessing, input, output } = card;
  const hash = createHash("sha256").update(JSON.stringify({ blob, preprocessing, input, output, size, mapped, shown, view }));
  return `teacher-${hash.digest("hex")}`;
};

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array => new Uint8Array(buffer, byteOffset, byteLength);

/**
 * Asks a teacher about pictures [count, size, size, 3] by their `indices` (all when left out), in the views that will be shown. What is in
 * `cache` for the same teacher, pictures and view is not asked again; the order of `indices` makes no difference. Throws the reason of
 * `signal` when it is aborted; views that were done by then are kept.
 */
export const teacherOutputs = async (
  teacher: Teacher,
  images: { count: number; pixels: Uint8Array },
  {
    indices,
    shown = views,
    cache,
    report,
    signal,
  }: {
    indices?: Uint32Array;
    /** The views that are asked about: both when left out. */
    shown?: readonly View[];
    cache?: OutputCache;
    /** Hears how many pictures of how many are done, both views counted. */
    report?(done: number, of: number): unknown;
    signal?: AbortSignal;
  } = {},
): Promise<TeacherOutputs> => {
  const { size, classes } = teacher;
  const asked = indices ? new Uint32Array(new Set(indices)).sort() : Uint32Array.from({ length: images.count }, (_, i) => i);
  const hash = createHash("sha256");
  for (const index of asked) hash.update(images.pixels.subarray(index * size * size * 3, (index + 1) * size * size * 3));
  const pixels = hash.digest("hex");
  const logits = new Float32Array(new SharedArrayBuffer(images.count * 2 * classes * 4)).fill(Number.NaN);

  /** [asked × classes] for one view. */
  const compute = async (view: View, before: number): Promise<Float32Array> => {
    const rows = new Float32Array(asked.length * classes);
    for (let from = 0; from < asked.length; from += CHUNK) {
      signal?.throwIfAborted();
      const chunk = asked.subarray(from, from + CHUNK);
      rows.set(await teacher.logits(showPictures(images.pixels, size, chunk, view)), from * classes);
      await report?.(before + from + chunk.length, shown.length * asked.length);
    }
    return rows;
  };

  for (const [at, view] of shown.entries()) {
    const name = cacheName(teacher, pixels, view);
    const known = await cache?.load(name);
    const isWhole = known?.length === asked.length * classes * 4;
    const rows = isWhole ? new Float32Array(new Uint8Array(known).buffer) : await compute(view, at * asked.length);
    if (isWhole) await report?.((at + 1) * asked.length, shown.length * asked.length);
    else await cache?.save(name, bytesOf(rows));
    for (const [i, index] of asked.entries())
      logits.set(rows.subarray(i * classes, (i + 1) * classes), (2 * index + views.indexOf(view)) * classes);
  }
  return { classes, logits };
};
