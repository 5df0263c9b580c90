import { read } from "../nets/backends/tf.ts";
import type { Network } from "../nets/net.ts";
import { isDecayed, type Parameter } from "../nets/parameter.ts";
import type { Feed, Step } from "../tf/compile.ts";
import { type Tensor, tf } from "../tf/tf.ts";
import { type Average, updateAverage } from "./average.ts";
import { clipByGlobalNorm, type Optimiser, slotNames, update } from "./optimiser.ts";
import type { Task } from "./task.ts";

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
  /** The learning rate of one parameter as a multiple of the schedule's. */
  learningRateFactor?: ((parameter: Parameter) => number) | undefined;
}

const prefixed = (prefix: string, feed: Feed): Record<string, Tensor> =>
  Object.fromEntries(
    Object.entries(feed).flatMap(([key, it]) => (key.startsWith(prefix) ? [[key.slice(prefix.length), it] as const] : [])),
  );

/** Whether the average includes the parameter: everything that changes. */
const isAveraged = ({ trained, kind }: Parameter): boolean => trained || kind === "mean" || kind === "variance";

/** The state before the first step, from these weights; the optimiser remembers nothing yet. */
export const initialState = (plan: StepPlan, weights: Readonly<Record<string, Float32Array>>): State<Float32Array> => {
  const state: State<Float32Array> = {};
  for (const parameter of plan.parameters) {
    const { name, trained } = parameter;
    const weight = weights[name];
    if (!weight) throw new Error(`There are no weights for ${name}.`);
    state[`weight:${name}`] = weight;
    if (trained) for (const slot of slotNames(plan.optimiser)) state[`${slot}:${name}`] = new Float32Array(weight.length);
    if (plan.average && isAveraged(parameter)) state[`average:${name}`] = weight.slice();
  }
  return state;
};

/** The weights to evaluate and to keep: the average where there is one, else the weights themselves. */
export const finalWeights = <T>(plan: StepPlan, state: State<T>): Record<string, T> =>
  Object.fromEntries(plan.parameters.map(({ name }) => [name, (state[`average:${name}`] ?? state[`weight:${name}`]) as T]));

/**
 * One step of training as a function of tensors: forward, losses, backward, optimiser, averages. In: the state, the batch as
 * "batch:x" …, the scalars learningRate, progress, stepNumber (from 1), emaDecay and sync, and seed [1]. Out: "loss", "loss:…",
 * "metric:…" and whatever of the state changed.
 */
export const trainingStep =
  (plan: StepPlan): Step =>
  (feed) => {
    const weights = prefixed("weight:", feed);
    const batch = prefixed("batch:", feed);
    const trained = plan.parameters.filter((it) => it.trained);
    const out: Record<string, Tensor> = {};

    const { value, grads } = tf.valueAndGrads((...values: Tensor[]) => {
      const parameters = { ...weights };
      trained.forEach(({ name }, i) => {
        parameters[name] = values[i] as Tensor;
      });
      const net = (x: Tensor) => {
        const { outputs, statistics } = read(plan.net, x, plan.classes, true, { parameters, seed: feed["seed"] as Tensor });
        for (const [name, statistic] of Object.entries(statistics)) {
          out[`weight:${name}`]?.dispose(); // a task that runs the network twice: the last batch counts
          out[`weight:${name}`] = statistic;
        }
        return outputs;
      };
      const { losses, metrics = {} } = plan.task({ net, batch, progress: feed["progress"] as Tensor });
      for (const [name, loss] of Object.entries(losses)) out[`loss:${name}`] = tf.keep(loss);
      for (const [name, metric] of Object.entries(metrics)) out[`metric:${name}`] = tf.keep(metric);
      return tf.addN(Object.values(losses)) as Tensor & { rank: 0 } as never;
    })(trained.map(({ name }) => weights[name] as Tensor));
    out["loss"] = value;

    const all = Object.fromEntries(trained.map(({ name }, i) => [name, grads[i] as Tensor]));
    const gradients = plan.gradientClip === undefined ? all : clipByGlobalNorm(all, plan.gradientClip);
    for (const parameter of trained) {
      const { name } = parameter;
      const next = update(plan.optimiser, {
        gradient: gradients[name] as Tensor,
        weight: weights[name] as Tensor,
        slots: Object.fromEntries(slotNames(plan.optimiser).map((slot) => [slot, feed[`${slot}:${name}`] as Tensor])),
        options: { decays: isDecayed(parameter), learningRateFactor: plan.learningRateFactor?.(parameter) ?? 1 },
        learningRate: feed["learningRate"] as Tensor,
        stepNumber: feed["stepNumber"] as Tensor,
      });
      out[`weight:${name}`] = next.weight;
      for (const [slot, value] of Object.entries(next.slots)) out[`${slot}:${name}`] = value;
    }
    if (plan.average) {
      for (const { name, trained } of plan.parameters.filter(isAveraged)) {
        const [average, weight] = [feed[`average:${name}`] as Tensor, out[`weight:${name}`] as Tensor];
        const next = updateAverage(average, weight, { emaDecay: feed["emaDecay"] as Tensor, sync: feed["sync"] as Tensor });
        out[`average:${name}`] = next.average;
        // Batch norm statistics are averages already, and nothing in training depends on them.
        if (trained) out[`weight:${name}`] = next.weight;
      }
    }
    return out;
  };
