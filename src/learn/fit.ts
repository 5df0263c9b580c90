import { setImmediate } from "node:timers/promises";
import type { Batch, BatchSource } from "../data/batches.ts";
import { listParameters } from "../nets/backends/describe.ts";
import type { Network } from "../nets/net.ts";
import { elementCount } from "../nets/parameter.ts";
import { compile, type Feed } from "../tf/compile.ts";
import { type Tensor, tf } from "../tf/tf.ts";
import { type Average, averageUpdateAt } from "./average.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { ParameterGroup } from "./groups.ts";
import { initialise } from "./initialise.ts";
import type { Optimiser } from "./optimiser.ts";
import { learningRateAt, type Schedule } from "./schedule.ts";
import { allParameters, finalWeights, initialState, type State, type StepPlan, trainingStep } from "./step.ts";
import type { Task } from "./task.ts";
import { type TaskSpec, taskOf } from "./tasks/index.ts";

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
  /** Parameters that learn slower or faster than the rest, or not at all. */
  groups?: readonly ParameterGroup[];
}

export interface FitOptions {
  net: Network;
  classes: number;
  recipe: Recipe;
  task: TaskSpec;
  source: BatchSource;
  /** Identifies the run in its checkpoint beside net, recipe and task: its data. Anything that JSON can hold. */
  identity?: unknown;
  /** Weights to begin with where not all are drawn: from a model, or a computed first layer. */
  weights?: Readonly<Record<string, Float32Array>>;
  /** Where the run goes on from; see `StepResult.snapshot`. */
  resume?: Checkpoint | undefined;
  signal?: AbortSignal | undefined;
}

/** What is known after each step. */
export interface StepResult {
  /** Steps done, of `steps`; the first one of a resumed run is that of its checkpoint and one more. */
  step: number;
  steps: number;
  loss: number;
  /** The task's losses by name; `loss` is their sum. */
  losses: Readonly<Record<string, number>>;
  /** What else the task measures, by name. */
  metrics: Readonly<Record<string, number>>;
  learningRate: number;
  /** The weights as they are now, of the average where there is one. On loan: read them before the next step. */
  weights: Readonly<Record<string, Tensor>>;
  /** Where the run stands now, with what the caller keeps beside it; to be called before the next step. Copies the whole state. */
  snapshot(notes?: unknown): Checkpoint;
  /** Why steps run one operation at a time, which is slow; absent where they run as one graph. */
  eager?: string;
}

/** The loss is no number any more. Almost always, the learning rate is too high. */
export class Diverged extends Error {
  /** The step in which it was seen, from 1, and the learning rate then. */
  readonly step: number;
  readonly learningRate: number;

  constructor(step: number, learningRate: number) {
    super(`The loss of step ${step} is not finite: the learning rate, ${learningRate}, is too high.`);
    [this.step, this.learningRate] = [step, learningRate];
  }
}

/** What a run is, as JSON: two runs of the same key do the same. */
export const runKey = ({
  net,
  classes,
  recipe,
  task,
  identity,
}: Pick<FitOptions, "net" | "classes" | "recipe" | "task" | "identity">): string =>
  JSON.stringify({ net: net.name, classes, recipe, task, identity });

/** A seed for a step's random masks that no other step of the run has. */
const maskSeed = (seed: number, step: number): number => (Math.imul(seed, 0x9e3779b1) + step) | 0;

/** Those arrays of a batch that a task takes. They may differ in how many rows they have: unlabelled pictures come by more. */
const uploadBatch = ({ arrays }: Task, { shapes }: BatchSource, batch: Batch): Feed =>
  Object.fromEntries(
    arrays.map((name) => {
      const [values, shape] = [batch[name], shapes[name]];
      if (!values || !shape) throw new Error(`The batch has no "${name}".`);
      return [`batch:${name}`, tf.tensor(values, [values.length / elementCount({ shape }), ...shape], "float32")];
    }),
  );

/** The scalars that a step takes beside state and batch. */
const scalarsAt = ({ seed, schedule, steps, optimiser, average }: Recipe, step: number): Feed => ({
  learningRate: tf.scalar(learningRateAt(schedule, step, steps)),
  seed: tf.tensor1d([maskSeed(seed, step)], "int32"),
  progress: tf.scalar(step / steps),
  ...(optimiser.kind === "adamw" ? { stepNumber: tf.scalar(step + 1) } : {}),
  ...(average
    ? Object.fromEntries(Object.entries(averageUpdateAt(average, step, steps)).map(([k, v]) => [k, tf.scalar(v)]))
    : {}),
});

/**
 * Trains: yields after every step, and whoever asks for the next one decides whether it comes. Ends with the weights.
 * A run that goes on from a checkpoint ends with the same weights, bit for bit, as one that was never cut.
 * Throws `Diverged` when the loss is no longer finite, and the reason of `signal` when that is aborted.
 */
export async function* fit(options: FitOptions): AsyncGenerator<StepResult, Record<string, Float32Array>> {
  const { net, classes, recipe, source, weights, resume, signal } = options;
  const { steps, seed } = recipe;
  const parameters = listParameters(net, { classes });
  const task = taskOf(options.task, { net, shapes: source.shapes });
  const plan: StepPlan = { net, classes, parameters, task, ...recipe };
  const all = allParameters(plan);
  const shapes = Object.fromEntries(all.map(({ name, shape }) => [name, shape]));
  const run = runKey(options);
  if (resume && resume.run !== run) throw new Error("The checkpoint to go on from is another run's.");

  const shapeOf = (key: string) => shapes[key.slice(key.indexOf(":") + 1)] ?? [];
  const upload = (state: State<Float32Array>): State<Tensor> =>
    Object.fromEntries(Object.entries(state).map(([key, values]) => [key, tf.tensor(values, [...shapeOf(key)], "float32")]));
  const download = (state: State<Tensor>): State<Float32Array> =>
    Object.fromEntries(Object.entries(state).map(([key, tensor]) => [key, tensor.dataSync() as Float32Array]));

  let done = resume?.step ?? 0;
  const state = upload(resume?.state ?? initialState(plan, { ...initialise(all, seed), ...weights }));

  let coming = Promise.resolve(source.next(done));
  const example: Feed = { ...uploadBatch(task, source, await coming), ...scalarsAt(recipe, done) };
  const compiled = compile(trainingStep(plan), { ...state, ...example });
  tf.dispose(example as never);

  /** Runs one step on what the source gave; the state moves on, and what it tells comes back as numbers. */
  const advance = (batch: Batch): Pick<StepResult, "loss" | "losses" | "metrics"> => {
    const inputs: Feed = { ...uploadBatch(task, source, batch), ...scalarsAt(recipe, done) };
    const outputs = compiled.run({ ...state, ...inputs });
    tf.dispose(inputs as never);
    const told: Record<"loss" | "metric", Record<string, number>> = { loss: {}, metric: {} };
    let loss = Number.NaN;
    for (const [key, tensor] of Object.entries(outputs)) {
      const [what = "", name = ""] = key.split(/:(.*)/s);
      if (what !== "loss" && what !== "metric") {
        state[key]?.dispose();
        state[key] = tensor;
        continue;
      }
      const value = tensor.dataSync()[0] as number;
      if (key === "loss") loss = value;
      else told[what][name] = value;
      tensor.dispose();
    }
    return { loss, losses: told.loss, metrics: told.metric };
  };

  const resultOf = (numbers: ReturnType<typeof advance>, learningRate: number): StepResult => {
    const step = done;
    const snapshot = (notes?: unknown): Checkpoint => {
      if (step !== done) throw new Error(`The snapshot of step ${step} was asked for after step ${done}.`);
      const known = Object.fromEntries(Object.keys(state).map((key) => [key, shapeOf(key)]));
      return { step, run, ...(notes === undefined ? {} : { notes }), state: download(state), shapes: known };
    };
    const eager = compiled.eager === undefined ? {} : { eager: compiled.eager };
    return { step, steps, ...numbers, learningRate, weights: finalWeights(plan, state), snapshot, ...eager };
  };

  try {
    while (done < steps) {
      signal?.throwIfAborted();
      const batch = await coming;
      if (done + 1 < steps) coming = Promise.resolve(source.next(done + 1)); // prepared elsewhere while this step runs
      const learningRate = learningRateAt(recipe.schedule, done, steps);
      const numbers = advance(batch);
      done++;
      if (!Number.isFinite(numbers.loss)) throw new Diverged(done, learningRate);
      yield resultOf(numbers, learningRate);
      await setImmediate(); // a step blocks; between two, others get their turn
    }
    return download(finalWeights(plan, state));
  } finally {
    tf.dispose(state as never);
    compiled.dispose();
  }
}
