import type { Image } from "../images/image.ts";
import { normalise } from "../images/normalise.ts";
import { reduceBilinear } from "../images/reduceBilinear.ts";
import { resize } from "../images/resize.ts";
import { toProbabilities } from "../models/prediction.ts";
import { inputDims, type LoadedModel, predict, scoresIn } from "./predict.ts";

/** A model that sees no more than this many pixels a side makes little of a whole photo at once. */
const SMALL_SIDE = 64;
/** A picture up to so many times the side that a model sees is one that it was made for. */
const MADE_FOR = 2;
/** The side of the closer views, as a share of the picture's shorter side. */
const CLOSE = 0.8;

interface Rectangle {
  left: number;
  top: number;
  width: number;
  height: number;
}

/**
 * The parts of a photo that a model of few pixels is shown one after another: the whole, squashed; the square in its middle; three closer
 * squares, in two corners and in the middle. Of 189 photos of things that `airbench94.cifar10` knows it names 80 % right by their average, 76 %
 * by the centre crop alone, and its probability says more of whether it is right. More views say no more (docs/LOG.md).
 */
export const viewsOf = ({ width, height }: Pick<Image, "width" | "height">): Rectangle[] => {
  const side = Math.min(width, height);
  const square = (size: number, at: number): Rectangle => {
    const length = Math.round(size);
    return { left: Math.round((width - length) * at), top: Math.round((height - length) * at), width: length, height: length };
  };
  return [{ left: 0, top: 0, width, height }, square(side, 0.5), ...[0, 0.5, 1].map((at) => square(CLOSE * side, at))];
};

/** Views are cut out of a picture of so many times the side that the model sees, which takes a tenth of cutting them out of a photo. */
const REDUCED = 6;

/** The picture made so small that its shorter side is `side` pixels; one that is smaller stays as it is. */
const reduce = async (image: Image, side: number): Promise<Image> => {
  const shrink = side / Math.min(image.width, image.height);
  if (shrink >= 1) return image;
  const size = { width: Math.round(image.width * shrink), height: Math.round(image.height * shrink) };
  const from = { left: 0, top: 0, width: image.width, height: image.height };
  return resize(image, { from, ...size, interpolation: "lanczos", crop: { left: 0, top: 0, ...size } });
};

/** What a model says of some inputs of the same size: all at once where it takes several. */
const runAll = async ({ card, session }: LoadedModel, inputs: readonly Float32Array[]): Promise<Float32Array[]> => {
  const [first] = inputs;
  if (!first) return [];
  if (session.batch !== undefined) {
    const scores: Float32Array[] = [];
    for (const it of inputs) scores.push(scoresIn((await session.run(it, inputDims(card, 1))).outputs, card));
    return scores;
  }
  const together = new Float32Array(inputs.length * first.length);
  for (const [index, it] of inputs.entries()) together.set(it, index * first.length);
  const scores = scoresIn((await session.run(together, inputDims(card, inputs.length))).outputs, card);
  const each = scores.length / inputs.length;
  return inputs.map((_, index) => scores.subarray(index * each, (index + 1) * each));
};

/**
 * What a model says of a picture: as its card prepares it, or for a model of few pixels and a larger picture the mean of what it says of
 * several views. `ms` is one forward pass over one picture or view.
 */
export const predictPicture = async (model: LoadedModel, image: Image): Promise<{ probabilities: Float32Array; ms: number }> => {
  const { card, session } = model;
  const { crop, interpolation } = card.preprocessing;
  if (crop > SMALL_SIDE || Math.min(image.width, image.height) <= MADE_FOR * crop) return predict(model, image);
  const small = await reduce(image, REDUCED * crop);
  const size = { width: crop, height: crop };
  const inputs: Float32Array[] = [];
  for (const from of viewsOf(small)) {
    const crop = { left: 0, top: 0, ...size };
    const isBilinear = interpolation === "bilinear";
    const { data } = isBilinear ? reduceBilinear(small, from, size) : await resize(small, { from, ...size, interpolation, crop });
    inputs.push(normalise(data, card.preprocessing, card.input.layout));
  }
  const [whole = new Float32Array(0), ...closer] = inputs;
  const { outputs, ms } = await session.run(whole, inputDims(card, 1));
  const scores = [scoresIn(outputs, card), ...(await runAll(model, closer))];
  const probabilities = scores.map((it) => toProbabilities(it, card.output.kind));
  const mean = (_: number, index: number) => probabilities.reduce((sum, it) => sum + (it[index] ?? 0), 0) / probabilities.length;
  return { probabilities: (probabilities[0] ?? whole).map(mean), ms };
};
