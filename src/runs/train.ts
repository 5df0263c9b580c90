import type { Dataset } from "../data/dataset.ts";
import type { Evaluation } from "../inference/evaluation.ts";
import { earlyStopping } from "../learn/earlyStopping.ts";
import { evaluateNetwork } from "../learn/evaluate.ts";
import { fit, runKey } from "../learn/fit.ts";
import { bestWeights, loadCheckpoint, saveCheckpoint } from "./checkpointFile.ts";
import { prepare } from "./prepare.ts";
import type { ModelRecipe } from "./recipe.ts";

/** The end of an epoch. */
export interface EpochEvent {
  kind: "epoch";
  epoch: number;
  step: number;
  steps: number;
  /** Mean of the epoch's steps; after a cut, of those since. */
  loss: number;
  learningRate: number;
  imagesPerSecond: number;
  /** On the validation images, where it was due. */
  evaluation?: Evaluation;
}

/** What a run tells while it goes on. */
export type RunEvent =
  | { kind: "step"; step: number; steps: number; loss: number; losses: Readonly<Record<string, number>>; learningRate: number }
  | EpochEvent
  /** Steps run one operation at a time, which is slow; told once, before the first. */
  | { kind: "eager"; reason: string };

export interface TrainOptions {
  checkpoint: { path: string; every: number };
  signal?: AbortSignal;
  /** Epochs between two evaluations on the validation images; one always follows the last epoch. */
  evaluateEvery: number;
  /**
   * Ends the run when `patience` evaluations in a row were no better than the best before; the best weights are the run's then. `earlier`
   * are the validation accuracies of the same run before it was cut off.
   */
  earlyStopping?: { patience: number; earlier: readonly { step: number; accuracy: number }[] };
}

/** The mean loss and the speed of an epoch. */
const epochMeter = (batch: number) => {
  let [started, steps, loss] = [performance.now(), 0, 0];
  return {
    add: (stepLoss: number) => {
      steps++;
      loss += stepLoss;
    },
    read: () => ({ loss: loss / steps, imagesPerSecond: (steps * batch * 1000) / (performance.now() - started) }),
    reset: () => {
      [started, steps, loss] = [performance.now(), 0, 0];
    },
  };
};

/**
 * Trains a recipe's network on a data set: yields events, and ends with the weights. Goes on from its checkpoint when there is one. Where
 * no validation image can be spared, nothing is evaluated, and early stopping throws.
 */
export async function* train(
  recipe: ModelRecipe,
  dataset: Dataset,
  { checkpoint, signal, evaluateEvery, earlyStopping: stopping }: TrainOptions,
): AsyncGenerator<RunEvent, Record<string, Float32Array>> {
  const prepared = prepare(recipe, dataset);
  const { net, classes, source } = prepared.fit;
  const hasValidation = prepared.validation.labels.length > 0;
  if (stopping && !hasValidation) throw new Error("Early stopping needs validation images, and none can be spared.");
  const steps = Math.round(prepared.stepsPerEpoch * recipe.epochs);
  const best = bestWeights(`${checkpoint.path}.best`, JSON.stringify(recipe));
  const decide = stopping && earlyStopping(stopping);
  const meter = epochMeter(prepared.batch);
  const options = { ...prepared.fit, recipe: { steps, seed: recipe.seed, ...recipe.training }, signal };
  const resume = await loadCheckpoint(checkpoint.path, runKey(options));
  const resumedFrom = resume?.step ?? 0;
  const run = fit({ ...options, resume });
  try {
    for (;;) {
      const { done, value } = await run.next();
      if (done) return stopping ? await best.load() : value;
      const { step, loss, losses, learningRate, weights, eager, snapshot } = value;
      if (step % checkpoint.every === 0 || step === steps) await saveCheckpoint(checkpoint.path, snapshot());
      if (step === resumedFrom + 1) {
        for (const earlier of stopping?.earlier ?? []) if (earlier.step <= resumedFrom) decide?.(earlier.accuracy);
        if (eager !== undefined) yield { kind: "eager", reason: eager };
      }
      yield { kind: "step", step, steps, loss, losses, learningRate };
      meter.add(loss);
      if (step % prepared.stepsPerEpoch !== 0 && step !== steps) continue;

      const epoch = step / prepared.stepsPerEpoch;
      const measured = meter.read();
      const isDue = hasValidation && (epoch % evaluateEvery === 0 || step === steps);
      const evaluation = isDue ? evaluateNetwork(net, classes, weights, prepared.validation) : undefined;
      const decision = evaluation && decide?.(evaluation.accuracy);
      if (decision?.improved) await best.save(step, weights);
      yield { kind: "epoch", epoch, step, steps, learningRate, ...measured, ...(evaluation ? { evaluation } : {}) };
      if (decision?.stop) return await best.load();
      meter.reset();
    }
  } finally {
    await run.return({}); // frees what it holds, however the run ends
    await source.close();
  }
}
