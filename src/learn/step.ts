import { type Given, read } from "../nets/backends/tf.ts";
import type { Network } from "../nets/net.ts";
import { isDecayed, type Parameter } from "../nets/parameter.ts";
import type { Feed, Step } from "../tf/compile.ts";
import { type Tensor, tf } from "../tf/tf.ts";
import { type Average, updateAverage } from "./average.ts";
import { groupOf, type ParameterGroup } from "./groups.ts";
import { clipByGlobalNorm, type Optimiser, slotNames, update } from "./optimiser.ts";
import type { Task, TaskInput } from "./task.ts";

/** Everything that training carries from one step to the next, by flat names: "weight:head/kernel", "velocity:head/kernel", "average:head/kernel". */
export type State<T> = Record<string, T>;

export interface StepPlan {
  net: Network;
  classes: number;
  parameters: readonly Parameter[];
  task: Task;
  optimiser: Optimiser;
  average?: Average | undefined;
  /** The largest norm of the gradients over all parameters together; larger ones are scaled down to it. */
  gradientClip?: number | undefined;
  /** The learning rate of the network's norms (beta and gamma) as a multiple of the schedule's. */
  normLearningRateFactor?: number | undefined;
  groups?: readonly ParameterGroup[] | undefined;
}

const prefixed = (prefix: string, feed: Feed): Record<string, Tensor> =>
  Object.fromEntries(
    Object.entries(feed).flatMap(([key, it]) => (key.startsWith(prefix) ? [[key.slice(prefix.length), it] as const] : [])),
  );

const isNorm = ({ kind }: Parameter): boolean => kind === "beta" || kind === "gamma";
const isStatistic = ({ kind }: Parameter): boolean => kind === "mean" || kind === "variance";

/** What becomes of each parameter in a step. */
interface Roles {
  /** Of the network and of the task: what the optimiser moves. */
  trained: readonly Parameter[];
  /** Of the network: what has an average. Everything that changes. */
  averaged: readonly Parameter[];
  isFrozen(name: string): boolean;
  /** The learning rate of one parameter as a multiple of the schedule's. */
  learningRateFactor(parameter: Parameter): number;
}

const rolesOf = ({ parameters, task, average, normLearningRateFactor = 1, groups }: StepPlan): Roles => {
  const own: readonly Parameter[] = task.parameters ?? [];
  const isFrozen = (name: string) => groupOf(groups, name)?.frozen ?? false;
  const moving = parameters.filter((it) => !isFrozen(it.name));
  const factors = new Map(
    moving.map((it) => [
      it.name,
      (groupOf(groups, it.name)?.learningRateFactor ?? 1) * (isNorm(it) ? normLearningRateFactor : 1),
    ]),
  );
  return {
    trained: [...moving, ...own].filter((it) => it.trained),
    averaged: average ? moving.filter((it) => it.trained || isStatistic(it)) : [],
    isFrozen,
    learningRateFactor: ({ name }) => factors.get(name) ?? 1,
  };
};

/** Every parameter that has a weight in the state: the network's, then the task's own. */
export const allParameters = ({ parameters, task }: Pick<StepPlan, "parameters" | "task">): readonly Parameter[] => [
  ...parameters,
  ...(task.parameters ?? []),
];

/** The state before the first step, from these weights; the optimiser remembers nothing yet. */
export const initialState = (plan: StepPlan, weights: Readonly<Record<string, Float32Array>>): State<Float32Array> => {
  const { trained, averaged } = rolesOf(plan);
  const weightOf = (name: string): Float32Array => {
    const weight = weights[name];
    if (!weight) throw new Error(`There are no weights for ${name}.`);
    return weight;
  };
  const state: State<Float32Array> = {};
  for (const { name } of allParameters(plan)) state[`weight:${name}`] = weightOf(name);
  for (const { name } of trained)
    for (const slot of slotNames(plan.optimiser)) state[`${slot}:${name}`] = new Float32Array(weightOf(name).length);
  for (const { name } of averaged) state[`average:${name}`] = weightOf(name).slice();
  return state;
};

/** The weights to evaluate and to keep: the average where there is one, else the weights themselves. The task's own are not among them. */
export const finalWeights = <T>(plan: StepPlan, state: State<T>): Record<string, T> =>
  Object.fromEntries(plan.parameters.map(({ name }) => [name, (state[`average:${name}`] ?? state[`weight:${name}`]) as T]));

/**
 * One step of training as a function of tensors: forward, losses, backward, optimiser, averages. In: the state, the batch as
 * "batch:x" …, the scalars learningRate, progress, stepNumber (from 1), emaDecay and sync, and seed [1]. Out: "loss", "loss:…",
 * "metric:…" and whatever of the state changed.
 */
export const trainingStep = (plan: StepPlan): Step => {
  const { trained, averaged, isFrozen, learningRateFactor } = rolesOf(plan);
  const { task, optimiser } = plan;
  return (feed) => {
    const weights = prefixed("weight:", feed);
    const batch = prefixed("batch:", feed);
    const out: Record<string, Tensor> = {};

    const net: TaskInput["net"] = (x) => {
      const given: Given = { parameters: weights, seed: feed["seed"] as Tensor, isFrozen, features: task.features ?? [] };
      const { outputs, statistics, features } = read(plan.net, x, plan.classes, true, given);
      for (const [name, statistic] of Object.entries(statistics)) {
        out[`weight:${name}`]?.dispose(); // a task that runs the network twice: the last batch counts
        out[`weight:${name}`] = statistic;
      }
      return { ...outputs, features };
    };
    const loss = (): Tensor => {
      const { losses, metrics = {} } = task.run({ net, batch, parameters: weights, progress: feed["progress"] as Tensor });
      for (const [name, it] of Object.entries(losses)) out[`loss:${name}`] = tf.keep(it);
      for (const [name, it] of Object.entries(metrics)) out[`metric:${name}`] = tf.keep(it);
      return tf.addN(Object.values(losses));
    };
    // As tf.valueAndGrads, but parameters that a task leaves out (a head, where only feature maps are compared) may have no gradient.
    const wanted = trained.map(({ name }) => weights[name] as Tensor);
    const { value, grads } = tf.engine().gradients(loss, wanted, undefined, true);
    out["loss"] = value;

    const all = Object.fromEntries(trained.map(({ name }, i) => [name, grads[i] ?? tf.zerosLike(wanted[i] as Tensor)]));
    const gradients = plan.gradientClip === undefined ? all : clipByGlobalNorm(all, plan.gradientClip);
    for (const parameter of trained) {
      const { name } = parameter;
      const next = update(optimiser, {
        gradient: gradients[name] as Tensor,
        weight: weights[name] as Tensor,
        slots: Object.fromEntries(slotNames(optimiser).map((slot) => [slot, feed[`${slot}:${name}`] as Tensor])),
        options: { decays: isDecayed(parameter), learningRateFactor: learningRateFactor(parameter) },
        learningRate: feed["learningRate"] as Tensor,
        stepNumber: feed["stepNumber"] as Tensor,
      });
      out[`weight:${name}`] = next.weight;
      for (const [slot, value] of Object.entries(next.slots)) out[`${slot}:${name}`] = value;
    }
    for (const { name, trained } of averaged) {
      const [average, weight] = [feed[`average:${name}`] as Tensor, out[`weight:${name}`] as Tensor];
      const next = updateAverage(average, weight, { emaDecay: feed["emaDecay"] as Tensor, sync: feed["sync"] as Tensor });
      out[`average:${name}`] = next.average;
      // Batch norm statistics are averages already, and nothing in training depends on them.
      if (trained) out[`weight:${name}`] = next.weight;
    }
    return out;
  };
};
