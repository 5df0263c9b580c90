import { UserError } from "../errors.ts";
import type { Card } from "../models/card.ts";
import { seeded } from "../random.ts";
import { inputDims } from "./predict.ts";
import type { Output, Session } from "./session.ts";
import { squarePreprocessor } from "./squarePictures.ts";

/** What a card has to say so that its model can be shown pictures. */
export type ClassifierCard = Pick<Card, "name" | "classes" | "preprocessing" | "input" | "output">;

/** What a model gives for several pictures, a row each. */
export interface ClassifierOutputs {
  /** [pictures × the model's classes], as the model gives them: logits or probabilities. */
  scores: Float32Array;
  /** Other outputs that were asked for, each with the shape of one row. */
  watched: Readonly<Record<string, { shape: readonly number[]; data: Float32Array }>>;
  /** Of the forward passes alone. */
  ms: number;
}

/** An opened model that is shown data-set pictures, many at a time. */
export interface Classifier {
  /** Square RGB pictures of the size it was made for, [count, size, size, 3]; any count. */
  run(pixels: Uint8Array): Promise<ClassifierOutputs>;
  /** Pictures of one forward pass. */
  rows: number;
}

/** Pictures of a pass of 32-pixel inputs; of larger inputs fewer, in proportion, so that feature maps stay a few hundred megabytes. */
const ROWS = 250;
const ROWS_SIDE = 32;

/** Rows of a batch may differ from the same pictures alone by this share of the largest score: sums in another order, nothing more. */
const TOLERANCE = 1e-3;

/** The rows that one pass gave, checked: what the card promises and numbers throughout. */
const rowsOf = (
  { name, classes, output }: ClassifierCard,
  outputs: Readonly<Record<string, Output>>,
  rows: number,
): Float32Array => {
  const scores = outputs[output.name];
  if (scores?.dims[0] !== rows || scores.data.length !== rows * classes.length)
    throw new Error(`Expected ${rows} x ${classes.length} scores of ${name}, got ${scores?.dims.join(" x ") ?? "none"}`);
  if (!scores.data.every(Number.isFinite))
    throw new UserError("model_not_finite", { picture: { en: "a picture of the data set", ko: "데이터셋의 사진" } });
  return scores.data;
};

/**
 * Whether a pass over two pictures gives what two passes give. A free batch axis is only a claim: graphs exported from one example
 * flatten all pictures into one row, and a norm left in training mode mixes them.
 */
const takesBatches = async (card: ClassifierCard, session: Session): Promise<boolean> => {
  if (session.batch !== undefined) return session.batch !== 1;
  const one = inputDims(card, 1).reduce((product, it) => product * it, 1);
  const noise = Float32Array.from(
    { length: 2 * one },
    (
      (rng) => () =>
        rng() - 0.5
    )(seeded(1)),
  );
  const first = (await session.run(noise.subarray(0, one), inputDims(card, 1))).outputs;
  const second = (await session.run(noise.subarray(one), inputDims(card, 1))).outputs;
  const alone = [...rowsOf(card, first, 1), ...rowsOf(card, second, 1)];
  try {
    const together = rowsOf(card, (await session.run(noise, inputDims(card, 2))).outputs, 2);
    const largest = Math.max(...alone.map(Math.abs), Number.MIN_VALUE);
    return alone.every((it, i) => Math.abs(it - (together[i] as number)) <= TOLERANCE * largest);
  } catch {
    return false; // whatever its reason, one picture at a time has just worked
  }
};

/**
 * Makes a model ready for square RGB pictures of `size` pixels: prepared as its card says, many a pass where the model can, one by one
 * where it cannot. `watch` are further outputs of the session to hand over. Throws the UserError `model_not_finite` for scores that
 * are no numbers.
 */
export const openClassifier = async (
  card: ClassifierCard,
  session: Session,
  { size, watch = [] }: { size: number; watch?: readonly string[] },
): Promise<Classifier> => {
  const side = card.preprocessing.crop;
  const most = Math.max(1, Math.min(ROWS, Math.floor((ROWS * ROWS_SIDE ** 2) / side ** 2)));
  const rows = session.batch ?? ((await takesBatches(card, session)) ? most : 1);
  const prepare = squarePreprocessor(card, size);
  const length = size * size * 3;
  const inputLength = side * side * 3;

  return {
    rows,
    run: async (pixels) => {
      const count = pixels.length / length;
      if (!Number.isInteger(count)) throw new Error(`Expected pictures of ${length} bytes, got ${pixels.length} bytes`);
      const scores = new Float32Array(count * card.classes.length);
      const watched: Record<string, { shape: readonly number[]; data: Float32Array }> = {};
      let ms = 0;
      for (let from = 0; from < count; from += rows) {
        const here = Math.min(rows, count - from);
        const prepared = await prepare(pixels.subarray(from * length, (from + here) * length));
        // A graph of a fixed batch gets all its rows; those beyond the last picture stay empty.
        const given = session.batch ?? here;
        const input = given === here ? prepared : new Float32Array(given * inputLength);
        if (input !== prepared) input.set(prepared);
        const pass = await session.run(input, inputDims(card, given));
        ms += pass.ms;
        scores.set(rowsOf(card, pass.outputs, given).subarray(0, here * card.classes.length), from * card.classes.length);
        for (const name of watch) {
          const { dims = [], data = new Float32Array() } = pass.outputs[name] ?? {};
          const each = data.length / given;
          watched[name] ??= { shape: dims.slice(1), data: new Float32Array(count * each) };
          watched[name].data.set(data.subarray(0, here * each), from * each);
        }
      }
      return { scores, watched, ms };
    },
  };
};
