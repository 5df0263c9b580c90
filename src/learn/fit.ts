import { setImmediate } from "node:timers/promises";
import type { Batch, Source } from "../data/source.ts";
import { listParameters } from "../nets/backends/describe.ts";
import type { Net } from "../nets/net.ts";
import type { Parameter } from "../nets/parameter.ts";
import { compile, type Feed } from "../tf/compile.ts";
import { type Tensor, tf } from "../tf/tf.ts";
import { type Average, pullAt } from "./average.ts";
import { loadCheckpoint, saveCheckpoint } from "./checkpoint.ts";
import { initialise } from "./initialise.ts";
import type { Optimiser } from "./optimiser.ts";
import { rateAt, type Schedule } from "./schedule.ts";
import { beginning, result, type State, type StepPlan, trainingStep } from "./step.ts";
import type { Task } from "./task.ts";

/** How a network is trained: plain data, so that a run can be told, stored and repeated. */
export interface Recipe {
  steps: number;
  seed: number;
  optimiser: Optimiser;
  schedule: Schedule;
  average?: Average;
  /** Gradients longer than this, over all arrays together, are shortened to it. */
  clip?: number;
  /** The learning rate of norms (beta and gamma) as a multiple of the schedule's. */
  normRate?: number;
}

export interface Fit {
  net: Net;
  classes: number;
  recipe: Recipe;
  task: Task;
  source: Source;
  /** Names the run in its checkpoint beside the recipe: the data, the task. */
  about?: unknown;
  /** Weights to begin with where not all are drawn: from a model, or a computed first layer. */
  weights?: Readonly<Record<string, Float32Array>>;
  checkpoint?: { path: string; every: number };
  signal?: AbortSignal;
  /** Is told, once, when the step cannot be recorded and runs slowly. */
  say?: (note: string) => void;
}

/** What is known after each step. */
export interface Progress {
  /** Steps done. */
  step: number;
  of: number;
  loss: number;
  /** The task's losses by name. */
  losses: Readonly<Record<string, number>>;
  rate: number;
  /** Where this process began: more than 0 when it went on from a checkpoint. */
  from: number;
  /** The weights as they are now, of the average where there is one. On loan: read them before the next step. */
  weights: Readonly<Record<string, Tensor>>;
}

/** A seed for a step's random masks that no other step of the run has. */
const maskSeed = (seed: number, step: number): number => (Math.imul(seed, 0x9e3779b1) + step) | 0;

const isNorm = ({ kind }: Parameter): boolean => kind === "beta" || kind === "gamma";

const tensorsOf = (source: Source, batch: Batch): Feed =>
  Object.fromEntries(
    Object.entries(source.shapes).map(([name, shape]) => [
      `batch:${name}`,
      tf.tensor(batch[name] as Float32Array, [source.batch, ...shape], "float32"),
    ]),
  );

/**
 * Trains: yields after every step, and whoever asks for the next one decides whether it comes. Ends with the weights.
 * A run that was killed goes on from its last checkpoint and ends with the same weights, bit for bit, as one that was not.
 */
export async function* fit(it: Fit): AsyncGenerator<Progress, Record<string, Float32Array>> {
  const { net, classes, recipe, source } = it;
  const { steps, seed, normRate = 1 } = recipe;
  const parameters = listParameters(net, { classes });
  const shapes = Object.fromEntries(parameters.map(({ name, shape }) => [name, shape]));
  const rateFactor = (parameter: Parameter) => (isNorm(parameter) ? normRate : 1);
  const plan: StepPlan = { net, classes, parameters, task: it.task, ...recipe, rateFactor };
  const run = JSON.stringify({ net: net.name, classes, recipe, about: it.about });

  const shapeOf = (key: string) => shapes[key.slice(key.indexOf(":") + 1)] ?? [];
  const upload = (state: State<Float32Array>): State<Tensor> =>
    Object.fromEntries(Object.entries(state).map(([key, values]) => [key, tf.tensor(values, [...shapeOf(key)], "float32")]));
  const download = (state: State<Tensor>): State<Float32Array> =>
    Object.fromEntries(Object.entries(state).map(([key, tensor]) => [key, tensor.dataSync() as Float32Array]));

  const kept = it.checkpoint && (await loadCheckpoint(it.checkpoint.path, run));
  const from = kept?.step ?? 0;
  const state = upload(kept?.state ?? beginning(plan, { ...initialise(parameters, seed), ...it.weights }));

  const scalarsAt = (step: number): Feed => ({
    rate: tf.scalar(rateAt(recipe.schedule, step, steps)),
    seed: tf.tensor1d([maskSeed(seed, step)], "int32"),
    ...(recipe.optimiser.kind === "adamw" ? { count: tf.scalar(step + 1) } : {}),
    ...(recipe.average
      ? Object.fromEntries(Object.entries(pullAt(recipe.average, step, steps)).map(([k, v]) => [k, tf.scalar(v)]))
      : {}),
  });

  let coming = Promise.resolve(source.next(from));
  const example: Feed = { ...tensorsOf(source, await coming), ...scalarsAt(from) };
  const compiled = compile(trainingStep(plan), { ...state, ...example });
  tf.dispose(example as never);
  if (compiled.eager) it.say?.(`Training runs one operation at a time, which is slow: ${compiled.eager}.`);

  try {
    for (let step = from; step < steps; step++) {
      it.signal?.throwIfAborted();
      const batch = await coming;
      if (step + 1 < steps) coming = Promise.resolve(source.next(step + 1)); // prepared elsewhere while this step runs
      const given: Feed = { ...tensorsOf(source, batch), ...scalarsAt(step) };
      const out = compiled.run({ ...state, ...given });
      tf.dispose(given as never);

      const losses: Record<string, number> = {};
      let loss = 0;
      for (const [key, tensor] of Object.entries(out)) {
        if (key === "loss") loss = tensor.dataSync()[0] as number;
        else if (key.startsWith("loss:")) losses[key.slice(5)] = tensor.dataSync()[0] as number;
        else {
          state[key]?.dispose();
          state[key] = tensor;
          continue;
        }
        tensor.dispose();
      }
      if (!Number.isFinite(loss)) throw new Error(`The loss of step ${step + 1} is ${loss}: the learning rate is too high.`);

      const done = step + 1;
      if (it.checkpoint && (done % it.checkpoint.every === 0 || done === steps)) {
        const keys = Object.keys(state);
        const known = Object.fromEntries(keys.map((key) => [key, shapeOf(key)]));
        await saveCheckpoint(it.checkpoint.path, { step: done, run, state: download(state), shapes: known });
      }
      yield {
        step: done,
        of: steps,
        loss,
        losses,
        rate: rateAt(recipe.schedule, step, steps),
        from,
        weights: result(plan, state),
      };
      await setImmediate(); // a step blocks; between two, others get their turn
    }
    return download(result(plan, state));
  } finally {
    tf.dispose(state as never);
    compiled.dispose();
  }
}
