import { stepsPerEpoch } from "../data/batches.ts";
import { type Dataset, normalised, takePictures } from "../data/dataset.ts";
import { prepared } from "../data/prepared.ts";
import { holdOut } from "../data/split.ts";
import { loadCheckpoint, saveCheckpoint } from "../learn/checkpoint.ts";
import { patience } from "../learn/earlyStopping.ts";
import { evaluate } from "../learn/evaluate.ts";
import { fit as trainingOf } from "../learn/fit.ts";
import { findRate, type RateSearch } from "../learn/learningRateFinder.ts";
import { scratch } from "../learn/task.ts";
import { findNet } from "../nets/index.ts";
import type { Net } from "../nets/net.ts";
import type { Tensor } from "../tf/tf.ts";
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

/** Ends a run when so many judgements in a row were no better than the best before; the best weights are the run's then. */
export interface EarlyStop {
  rounds: number;
  /** What the log says of this run before it was cut off; nothing for a new one. */
  earlier: readonly LogLine[];
}

export interface TrainOptions {
  checkpoint: { path: string; every: number };
  signal?: AbortSignal;
  /** After so many epochs the network is judged on the held-out pictures; always after the last. */
  judgeEvery: number;
  earlyStop?: EarlyStop;
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

/** What a run of a recipe learns from, is judged on and begins with. Whoever asks ends the source's thread. */
const begin = (recipe: ModelRecipe, dataset: Dataset, heldOut = HELD_OUT) => {
  const net = netOf(recipe);
  const { size, normalisation } = dataset;
  const classes = dataset.classes.length;
  const { batch, seed, augment, smoothing } = recipe;
  const { learn, choose } = holdOut(dataset.train, size, heldOut);
  const first = takePictures(
    learn,
    size,
    Uint32Array.from({ length: Math.min(BEGIN_FROM, learn.count) }, (_, i) => i),
  );
  const begun = net.begin?.({ count: first.count, size, data: normalised(first, normalisation) });
  return {
    judged: { x: normalised(choose, normalisation), labels: choose.labels },
    perEpoch: stepsPerEpoch({ pictures: learn, batch }),
    fit: {
      net,
      classes,
      task: scratch({ smoothing }),
      source: prepared({ pictures: learn, size, classes, normalisation, batch, seed, augment }),
      about: { dataset: dataset.name, batch, smoothing, augment },
      ...(begun ? { weights: Object.fromEntries([...begun].map(([name, { data }]) => [name, data])) } : {}),
    },
  };
};

/** Searches the learning rate that suits a recipe: see `findRate`. */
export const findRecipeRate = async (recipe: ModelRecipe, dataset: Dataset, heldOut?: number): Promise<RateSearch> => {
  const { fit } = begin(recipe, dataset, heldOut);
  const { average: _, schedule: __, ...training } = recipe.training;
  try {
    return await findRate(fit, { seed: recipe.seed, ...training });
  } finally {
    await fit.source.close();
  }
};

/** The judge of when to stop, and the best weights so far, in a file beside the checkpoint so that they survive a cut. */
const stopper = ({ rounds, earlier }: EarlyStop, path: string, run: string) => {
  const told = patience({ rounds });
  return {
    /** Hears again what was judged before the step at which the run goes on. */
    recall: (from: number) => {
      for (const { step, accuracy } of earlier) if (step <= from && accuracy !== undefined) told(accuracy);
    },
    /** Whether to stop. */
    judge: async (accuracy: number, step: number, weights: Readonly<Record<string, Tensor>>): Promise<boolean> => {
      const { best, over } = told(accuracy);
      const state = Object.fromEntries(Object.entries(weights).map(([name, it]) => [name, it.dataSync() as Float32Array]));
      if (best) await saveCheckpoint(path, { step, run, state, shapes: {} });
      return over;
    },
    best: async (): Promise<Record<string, Float32Array>> => {
      const kept = await loadCheckpoint(path, run);
      if (!kept) throw new Error(`Expected the best weights of this run in ${path}`);
      return kept.state;
    },
  };
};

/** Trains a recipe's network on its data set and gives its weights. Goes on from its checkpoint when there is one. */
export const train = async (
  recipe: ModelRecipe,
  dataset: Dataset,
  options: TrainOptions,
): Promise<Record<string, Float32Array>> => {
  const { fit, judged, perEpoch } = begin(recipe, dataset, options.heldOut);
  const { checkpoint, earlyStop, judgeEvery } = options;
  const steps = Math.round(perEpoch * recipe.epochs);
  const stop = earlyStop && stopper(earlyStop, `${checkpoint.path}.best`, JSON.stringify(recipe));
  const started = performance.now();
  let [since, loss, count] = [started, 0, 0];
  try {
    const run = trainingOf({
      ...fit,
      recipe: { steps, seed: recipe.seed, ...recipe.training },
      checkpoint,
      ...(options.signal ? { signal: options.signal } : {}),
      say: options.say,
    });
    for (;;) {
      const { done, value } = await run.next();
      if (done) return stop ? stop.best() : value;
      if (value.step === value.from + 1) stop?.recall(value.from);
      loss += value.loss;
      count++;
      if (value.step % perEpoch !== 0 && value.step !== steps) continue;
      const { step, rate, weights } = value;
      const epoch = step / perEpoch;
      const now = performance.now();
      const judges = epoch % judgeEvery === 0 || step === steps;
      const accuracy = judges ? evaluate(fit.net, fit.classes, weights, judged).accuracy : undefined;
      options.log({
        epoch,
        step,
        steps,
        loss: loss / count,
        rate,
        seconds: (now - started) / 1000,
        imagesPerSecond: (count * recipe.batch * 1000) / (now - since),
        ...(accuracy === undefined ? {} : { accuracy }),
      });
      if (stop && accuracy !== undefined && (await stop.judge(accuracy, step, weights))) {
        await run.return({}); // frees what it holds
        return stop.best();
      }
      [since, loss, count] = [performance.now(), 0, 0];
    }
  } finally {
    await fit.source.close();
  }
};
