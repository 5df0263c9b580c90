import { UserError } from "../errors.ts";
import { normaliser } from "../images/normalise.ts";
import type { Card } from "../models/card.ts";
import { CARD_KEY } from "../models/cardKey.ts";
import { findDenseHead } from "../onnx/denseHead.ts";
import { refuseExternalData } from "../onnx/externalData.ts";
import { readModel } from "../onnx/file.ts";
import { viewGraph } from "../onnx/graph.ts";
import { type Body, bodyOf } from "../onnx/newHead.ts";
import { describeRuntimeError } from "../onnx/runtimeError.ts";
import { inputDims } from "./predict.ts";
import { preprocess } from "./preprocess.ts";
import { type Session, withSession } from "./session.ts";

/** An installed classifier without its last layer, with the card that says how it takes pictures. */
export interface ModelBody extends Body {
  card: Card;
}

/** Square RGB pictures in memory, eight bits each, and which of them are meant, by their indices. */
export interface SquarePictures {
  pixels: Uint8Array;
  size: number;
  indices: ArrayLike<number>;
}

/** Features of pictures, [pictures × width] row after row. */
export interface Features {
  width: number;
  values: Float32Array;
}

/** Numbers that one pass may be fed: 250 pictures of 32 × 32, 5 of 224 × 224. What lies between layers is many times as much. */
const MAX_INPUT = 250 * 3 * 32 * 32;

/** Cuts an installed model off before its last dense layer. Throws the UserError `no_dense_head` where it has none. */
export const bodyOfModel = ({ bytes, card }: { bytes: Uint8Array; card: Card }): ModelBody => {
  refuseExternalData(bytes);
  const { graph } = readModel(bytes);
  const head = graph && findDenseHead(viewGraph(graph), card.output.name);
  if (!head) throw new UserError("no_dense_head", { name: card.name });
  return { card, ...bodyOf(bytes, head, [CARD_KEY]) };
};

/** Makes the function that writes one picture into a pass, prepared as the card says. */
const preparer = ({ preprocessing: how, input }: Card, { pixels, size }: SquarePictures) => {
  const length = size * size * 3;
  const write = normaliser(how, input.layout);
  const picture = (index: number) => pixels.subarray(index * length, (index + 1) * length);
  if (how.resize === size && how.crop === size)
    return async (index: number, out: Float32Array, at: number) => write(picture(index), out, at);
  return async (index: number, out: Float32Array, at: number) => {
    const prepared = await preprocess({ width: size, height: size, data: picture(index) }, how, input.layout);
    out.set(prepared.input, at);
  };
};

/** Whether a model's file leaves open how many pictures it takes at once. */
const takesBatches = ({ bytes, card }: ModelBody): boolean =>
  !readModel(bytes).graph?.input.find((it) => it.name === card.input.name)?.type?.tensorType?.shape?.dim?.[0]?.dimValue;

/**
 * Computes what a model's last layer would read, for many pictures in ONNX Runtime, several at a time where the file allows it. `report`
 * hears after each pass how many are done. Throws the reason of `signal` when that is aborted, the UserErrors `no_dense_head` where what
 * comes out is no list of numbers, and `model_not_finite`.
 */
export const computeFeatures = (
  body: ModelBody,
  pictures: SquarePictures,
  { signal, report }: { signal?: AbortSignal; report?: (done: number) => unknown } = {},
): Promise<Features> => {
  const { card, features } = body;
  const { indices } = pictures;
  const prepare = preparer(card, pictures);
  const length = 3 * card.input.height * card.input.width;
  const pass = async (session: Session, from: number, rows: number) => {
    signal?.throwIfAborted();
    const input = new Float32Array(rows * length);
    await Promise.all(Array.from({ length: rows }, (_, n) => prepare(indices[from + n] as number, input, n * length)));
    const { outputs } = await session.run(input, inputDims(card, rows));
    const { data, dims = [] } = outputs[features] ?? {};
    if (!data || dims.length !== 2 || dims[0] !== rows) return undefined;
    if (!data.every(Number.isFinite))
      throw new UserError("model_not_finite", { picture: { en: "a picture of the data", ko: "데이터의 사진" } });
    return { width: dims[1] as number, data };
  };
  return withSession(body.bytes, async (session) => {
    const first = await pass(session, 0, 1);
    if (!first) throw new UserError("no_dense_head", { name: card.name });
    const { width } = first;
    const values = new Float32Array(indices.length * width);
    values.set(first.data);
    let most = takesBatches(body) ? Math.max(1, Math.floor(MAX_INPUT / length)) : 1;
    for (let done = 1; done < indices.length; ) {
      const rows = Math.min(most, indices.length - done);
      // A file that names no batch size may still be bound to one by what is inside it.
      const batch = await pass(session, done, rows).catch((cause: unknown) => {
        if (rows === 1 || signal?.aborted || cause instanceof UserError) throw cause;
        return undefined;
      });
      if (batch?.width !== width) {
        if (rows === 1) throw new UserError("no_dense_head", { name: card.name });
        most = 1;
        continue;
      }
      values.set(batch.data, done * width);
      done += rows;
      await report?.(done);
    }
    return { width, values };
  }).catch((cause: unknown) => {
    if (cause instanceof UserError || signal?.aborted) throw cause;
    throw new UserError("model_fails", { reason: describeRuntimeError(cause) }, { cause });
  });
};
