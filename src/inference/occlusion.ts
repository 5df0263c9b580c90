import { toProbabilities } from "../models/prediction.ts";
import { probabilityDropMap, type SaliencyMap } from "./classActivationMap.ts";
import { type ForwardPass, inputDims, type LoadedModel } from "./predict.ts";

/** Places along each side; 12 x 12 passes cost about 12 x 12 times a classification. */
const PLACES = 12;
/** The patch covers this share of the side: smaller ones hide too little to change an answer (Zeiler & Fergus 2014). */
const PATCH = 0.22;
const BATCH = 8;

const GREY = 127.5;

/** Puts a grey square into a copy of a prepared input; `row` and `column` count places. */
const cover = (input: Float32Array, { card }: LoadedModel, row: number, column: number): Float32Array => {
  const { preprocessing: how, input: port } = card;
  const side = port.width;
  const patch = Math.round(side * PATCH);
  const step = (side - patch) / (PLACES - 1);
  const [top, left] = [Math.round(row * step), Math.round(column * step)];
  const copy = input.slice();
  for (let channel = 0; channel < 3; channel++) {
    const grey = (GREY / how.scale - how.mean[channel as 0]) / how.std[channel as 0];
    for (let y = top; y < top + patch; y++) {
      for (let x = left; x < left + patch; x++) {
        copy[port.layout === "NCHW" ? channel * side * side + y * side + x : (y * side + x) * 3 + channel] = grey;
      }
    }
  }
  return copy;
};

/** The probability of one class on each of several inputs of equal size. */
const predictClass = async (
  { card, session }: LoadedModel,
  inputs: readonly Float32Array[],
  index: number,
): Promise<number[]> => {
  const joined = new Float32Array(inputs.reduce((sum, it) => sum + it.length, 0));
  for (const [i, it] of inputs.entries()) joined.set(it, i * it.length);
  const { outputs } = await session.run(joined, inputDims(card, inputs.length));
  const scores = outputs[card.output.name]?.data ?? new Float32Array();
  const classes = scores.length / inputs.length;
  return inputs.map((_, i) => toProbabilities(scores.slice(i * classes, (i + 1) * classes), card.output.kind)[index] ?? 0);
};

/**
 * Where a class was seen, found by covering one place after another. Works for every network, at the price of many forward passes; several
 * go at once where the model takes `batches`. `report` hears how many are done, and may throw to stop.
 */
export const occlusionMap = async (
  model: LoadedModel,
  { input, probabilities }: ForwardPass,
  it: { index: number; batches: boolean },
  report: (done: number, of: number) => Promise<void>,
): Promise<SaliencyMap> => {
  const covered: number[] = [];
  const of = PLACES * PLACES;
  while (covered.length < of) {
    const count = Math.min(it.batches ? BATCH : 1, of - covered.length);
    const places = Array.from({ length: count }, (_, i) => covered.length + i);
    const inputs = places.map((place) => cover(input, model, Math.floor(place / PLACES), place % PLACES));
    covered.push(...(await predictClass(model, inputs, it.index)));
    await report(covered.length, of);
  }
  return probabilityDropMap(PLACES, probabilities[it.index] ?? 0, Float32Array.from(covered));
};
