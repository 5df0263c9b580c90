import { setImmediate } from "node:timers/promises";
import type { Batch, BatchSource } from "../data/batches.ts";
import { listParameters } from "../nets/backends/describe.ts";
import type { Net } from "../nets/net.ts";
import type { Parameter } from "../nets/parameter.ts";
import { compile, type Feed } from "../tf/compile.ts";
import { type Tensor, tf } from "../tf/tf.ts";
import { type Average, averageUpdateAt } from "./average.ts";
import { loadCheckpoint, saveCheckpoint } from "./checkpoint.ts";
import { initialise } from "./initialise.ts";
import type { Optimiser } from "./optimiser.ts";
import { learningRateAt, type Schedule } from "./schedule.ts";
import { finalWeights, initialState, type State, type StepPlan, trainingStep } from "./step.ts";
import type { Task } from "./task.ts";

/** How the weights of a network are found: plain data, so that a run can be reported, stored and repeated. */
export interface Recipe {
  steps: number;
  seed: number;
  optimiser: Optimiser;
  schedule: Schedule;
  average?: Average;
  /** The largest norm of the gradients over all parameters together; larger ones are scaled down to it. */
  gradientClip?: number;
  /** The learning rate of norms (beta and gamma) as a multiple of the schedule's. */
  normLearningRateFactor?: number;
}

export interface FitOptions {
  net: Net;
  classes: number;
  recipe: Recipe;
  task: Task;
  source: BatchSource;
  /** Identifies the run in its checkpoint beside net and recipe: the data, the task. Anything that JSON can hold. */
  identity?: unknown;
  /** Weights to begin with where not all are drawn: from a model, or a computed first layer. */
  weights?: Readonly<Record<string, Float32Array>>;
  /** Where the run is saved, and after how many steps each time. */
  checkpoint?: { path: string; every: number };
  signal?: AbortSignal;
}

/** What is known after each step. */
export interface StepResult {
  /** Steps done, of `steps`. */
  step: number;
  steps: number;
  /** Steps that were done before this process began: more than 0 when the run goes on from a checkpoint. */
  resumedFrom: number;
  loss: number;
  /** The task's losses by name. */
  losses: Readonly<Record<string, number>>;
  learningRate: number;
  /** The weights as they are now, of the average where there is one. On loan: read them before the next step. */
  weights: Readonly<Record<string, Tensor>>;
  /** Why steps run one operation at a time, which is slow; absent where they run as one graph. */
  eager?: string;
}

/** A seed for a step's random masks that no other step of the run has. */
const maskSeed = (seed: number, step: number): number => (Math.imul(seed, 0x9e3779b1) + step) | 0;

const isNorm = ({ kind }: Parameter): boolean => kind === "beta" || kind === "gamma";

const uploadBatch = (source: BatchSource, batch: Batch): Feed =>
  Object.fromEntries(
    Object.entries(source.shapes).map(([name, shape]) => [
      `batch:${name}`,
      tf.tensor(batch[name] as Float32Array, [source.batch, ...shape], "float32"),
    ]),
  );

/** The scalars that a step takes beside state and batch. */
const scalarsAt = ({ seed, schedule, steps, optimiser, average }: Recipe, step: number): Feed => ({
  learningRate: tf.scalar(learningRateAt(schedule, step, steps)),
  seed: tf.tensor1d([maskSeed(seed, step)], "int32"),
  ...(optimiser.kind === "adamw" ? { stepNumber: tf.scalar(step + 1) } : {}),
  ...(average
    ? Object.fromEntries(Object.entries(averageUpdateAt(average, step, steps)).map(([k, v]) => [k, tf.scalar(v)]))
    : {}),
});

/**
 * Trains: yields after every step, and whoever asks for the next one decides whether it comes. Ends with the weights.
 * A run that was killed goes on from its last checkpoint and ends with the same weights, bit for bit, as one that was not.
 * Throws when the loss is no longer finite, and the reason of `signal` when that is aborted.
 */
export async function* fit({
  net,
  classes,
  recipe,
  task,
  source,
  identity,
  weights,
  checkpoint,
  signal,
}: FitOptions): AsyncGenerator<StepResult, Record<string, Float32Array>> {
  const { steps, seed, normLearningRateFactor = 1 } = recipe;
  const parameters = listParameters(net, { classes });
  const shapes = Object.fromEntries(parameters.map(({ name, shape }) => [name, shape]));
  const learningRateFactor = (parameter: Parameter) => (isNorm(parameter) ? normLearningRateFactor : 1);
  const plan: StepPlan = { net, classes, parameters, task, ...recipe, learningRateFactor };
  const run = JSON.stringify({ net: net.name, classes, recipe, identity });

  const shapeOf = (key: string) => shapes[key.slice(key.indexOf(":") + 1)] ?? [];
  const upload = (state: State<Float32Array>): State<Tensor> =>
    Object.fromEntries(Object.entries(state).map(([key, values]) => [key, tf.tensor(values, [...shapeOf(key)], "float32")]));
  const download = (state: State<Tensor>): State<Float32Array> =>
    Object.fromEntries(Object.entries(state).map(([key, tensor]) => [key, tensor.dataSync() as Float32Array]));

  const saved = checkpoint && (await loadCheckpoint(checkpoint.path, run));
  const resumedFrom = saved?.step ?? 0;
  const state = upload(saved?.state ?? initialState(plan, { ...initialise(parameters, seed), ...weights }));

  let coming = Promise.resolve(source.next(resumedFrom));
  const example: Feed = { ...uploadBatch(source, await coming), ...scalarsAt(recipe, resumedFrom) };
  const compiled = compile(trainingStep(plan), { ...state, ...example });
  tf.dispose(example as never);

  /** Runs one step on what the source gave; the state moves on, and its losses come back as numbers. */
  const advance = (step: number, batch: Batch): { loss: number; losses: Record<string, number> } => {
    const inputs: Feed = { ...uploadBatch(source, batch), ...scalarsAt(recipe, step) };
    const outputs = compiled.run({ ...state, ...inputs });
    tf.dispose(inputs as never);
    const losses: Record<string, number> = {};
    let loss = Number.NaN;
    for (const [key, tensor] of Object.entries(outputs)) {
      if (key === "loss") loss = tensor.dataSync()[0] as number;
      else if (key.startsWith("loss:")) losses[key.slice("loss:".length)] = tensor.dataSync()[0] as number;
      else {
        state[key]?.dispose();
        state[key] = tensor;
        continue;
      }
      tensor.dispose();
    }
    return { loss, losses };
  };

  try {
    for (let step = resumedFrom; step < steps; step++) {
      signal?.throwIfAborted();
      const batch = await coming;
      if (step + 1 < steps) coming = Promise.resolve(source.next(step + 1)); // prepared elsewhere while this step runs
      const { loss, losses } = advance(step, batch);
      if (!Number.isFinite(loss)) throw new Error(`The loss of step ${step + 1} is ${loss}: the learning rate is too high.`);

      const done = step + 1;
      if (checkpoint && (done % checkpoint.every === 0 || done === steps)) {
        const known = Object.fromEntries(Object.keys(state).map((key) => [key, shapeOf(key)]));
        await saveCheckpoint(checkpoint.path, { step: done, run, state: download(state), shapes: known });
      }
      yield {
        ...{ step: done, steps, resumedFrom, loss, losses },
        learningRate: learningRateAt(recipe.schedule, step, steps),
        weights: finalWeights(plan, state),
        ...(compiled.eager === undefined ? {} : { eager: compiled.eager }),
      };
      await setImmediate(); // a step blocks; between two, others get their turn
    }
    return download(finalWeights(plan, state));
  } finally {
    tf.dispose(state as never);
    compiled.dispose();
  }
}
