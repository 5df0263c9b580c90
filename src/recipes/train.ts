import { stepsPerEpoch } from "../data/batches.ts";
import { type Dataset, normalised, takePictures } from "../data/dataset.ts";
import { holdOut } from "../data/holdOut.ts";
import { prepared } from "../data/prepared.ts";
import { evaluate } from "../learn/evaluate.ts";
import { fit as trainingOf } from "../learn/fit.ts";
import { scratch } from "../learn/task.ts";
import { findNet } from "../nets/index.ts";
import type { Net } from "../nets/net.ts";
import type { ModelRecipe } from "./recipe.ts";

/** Pictures of the training split that choices are made on, and that no shipped model has learned from. */
export const HELD_OUT = 5_000;
/** Pictures that a computed first layer is computed from. */
const BEGIN_FROM = 5_000;

/** A line of a run's log. `accuracy` is that on the held-out training pictures, where it was measured. */
export interface LogLine {
  epoch: number;
  step: number;
  steps: number;
  loss: number;
  rate: number;
  /** Since this process began or went on. */
  seconds: number;
  imagesPerSecond: number;
  accuracy?: number;
}

export interface TrainOptions {
  checkpoint: { path: string; every: number };
  signal?: AbortSignal;
  /** After so many epochs the network is judged on the held-out pictures; always after the last. */
  judgeEvery: number;
  /** Training pictures kept for choices; HELD_OUT unless said. */
  heldOut?: number;
  log(line: LogLine): void;
  say(note: string): void;
}

/** The network of a recipe; throws when there is none of that name. */
export const netOf = ({ net: name }: ModelRecipe): Net => {
  const net = findNet(name);
  if (!net) throw new Error(`There is no network "${name}".`);
  return net;
};

/** Trains a recipe's network on its data set and gives its weights. Goes on from its checkpoint when there is one. */
export const train = async (
  recipe: ModelRecipe,
  dataset: Dataset,
  options: TrainOptions,
): Promise<Record<string, Float32Array>> => {
  const net = netOf(recipe);
  const { size, normalisation } = dataset;
  const classes = dataset.classes.length;
  const { batch, seed, augment } = recipe;
  const { learn, choose } = holdOut(dataset.train, size, options.heldOut ?? HELD_OUT);
  const perEpoch = stepsPerEpoch({ pictures: learn, batch });
  const steps = Math.round(perEpoch * recipe.epochs);
  const first = takePictures(
    learn,
    size,
    Uint32Array.from({ length: Math.min(BEGIN_FROM, learn.count) }, (_, i) => i),
  );
  const begun = net.begin?.({ count: first.count, size, data: normalised(first, normalisation) });
  const judged = { x: normalised(choose, normalisation), labels: choose.labels };
  const source = prepared({ pictures: learn, size, classes, normalisation, batch, seed, augment });
  const started = performance.now();
  let [since, loss, count] = [started, 0, 0];
  try {
    const run = trainingOf({
      net,
      classes,
      recipe: { steps, seed, ...recipe.training },
      task: scratch({ smoothing: recipe.smoothing }),
      source,
      about: { dataset: dataset.name, batch, smoothing: recipe.smoothing, augment },
      ...(begun ? { weights: Object.fromEntries([...begun].map(([name, { data }]) => [name, data])) } : {}),
      checkpoint: options.checkpoint,
      ...(options.signal ? { signal: options.signal } : {}),
      say: options.say,
    });
    for (;;) {
      const { done, value } = await run.next();
      if (done) return value;
      loss += value.loss;
      count++;
      if (value.step % perEpoch !== 0 && value.step !== steps) continue;
      const epoch = value.step / perEpoch;
      const now = performance.now();
      const judge = epoch % options.judgeEvery === 0 || value.step === steps;
      options.log({
        epoch,
        step: value.step,
        steps,
        loss: loss / count,
        rate: value.rate,
        seconds: (now - started) / 1000,
        imagesPerSecond: (count * batch * 1000) / (now - since),
        ...(judge ? { accuracy: evaluate(net, classes, value.weights, judged).accuracy } : {}),
      });
      [since, loss, count] = [performance.now(), 0, 0];
    }
  } finally {
    await source.close();
  }
};
