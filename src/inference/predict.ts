import { UserError } from "../errors.ts";
import type { Image } from "../images/image.ts";
import type { Card } from "../models/card.ts";
import { toProbabilities } from "../models/prediction.ts";
import { type Area, preprocess } from "./preprocess.ts";
import { type Output, openSession, type Session } from "./session.ts";

/** An installed model with an open session. */
export interface LoadedModel {
  card: Card;
  session: Session;
}

/** Opens an installed model; a warm child still has it open. `prepare` may add outputs to the file, under a key of its own. */
export const loadModel = async (
  { blob, card }: { blob: string; card: Card },
  load: (blob: string) => Promise<Uint8Array>,
  prepare: { key: string; change(bytes: Uint8Array): Uint8Array } = { key: "", change: (bytes) => bytes },
): Promise<LoadedModel> => ({
  card,
  session: await openSession(blob + prepare.key, async () => prepare.change(await load(blob))),
});

/** The shape of `count` pictures as a model takes them. */
export const inputDims = ({ input: { layout, height, width } }: Pick<Card, "input">, count: number): number[] =>
  layout === "NCHW" ? [count, 3, height, width] : [count, height, width, 3];

/** What one forward pass over a picture gives. */
export interface ForwardPass {
  probabilities: Float32Array;
  outputs: Readonly<Record<string, Output>>;
  /** The numbers the model was fed, and which part of the picture they came from. */
  input: Float32Array;
  seen: Area;
  ms: number;
}

/** The scores among a model's outputs. Throws a `UserError` where they are not finite. */
export const scoresIn = (outputs: ForwardPass["outputs"], card: Card): Float32Array => {
  const scores = outputs[card.output.name];
  if (!scores) throw new Error(`Expected output ${card.output.name} of ${card.name}, got ${Object.keys(outputs).join(", ")}`);
  if (!scores.data.every(Number.isFinite))
    throw new UserError("model_not_finite", { picture: { en: "this picture", ko: "이 사진" } });
  return scores.data;
};

/** Runs a model on one picture, prepared as its card says. Throws a `UserError` where the scores are not finite. */
export const predict = async ({ card, session }: LoadedModel, image: Image): Promise<ForwardPass> => {
  const { input, seen } = await preprocess(image, card.preprocessing, card.input.layout);
  const { outputs, ms } = await session.run(input, inputDims(card, 1));
  return { probabilities: toProbabilities(scoresIn(outputs, card), card.output.kind), outputs, input, seen, ms };
};
