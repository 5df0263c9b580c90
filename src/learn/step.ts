import { read } from "../nets/backends/tf.ts";
import type { Net } from "../nets/net.ts";
import { isDecayed, type Parameter } from "../nets/parameter.ts";
import type { Feed, Step } from "../tf/compile.ts";
import { type Tensor, tf } from "../tf/tf.ts";
import { type Average, follow } from "./average.ts";
import { clip, type Optimiser, slotsOf, update } from "./optimiser.ts";
import type { Task } from "./task.ts";

/** All that training knows at a moment, as flat names: "weight:head/kernel", "velocity:head/kernel", "average:head/kernel". */
export type State<T> = Record<string, T>;

export interface StepPlan {
  net: Net;
  classes: number;
  parameters: readonly Parameter[];
  task: Task;
  optimiser: Optimiser;
  average?: Average | undefined;
  /** Gradients longer than this, over all arrays together, are shortened to it. */
  clip?: number | undefined;
  /** The learning rate of one array as a multiple of the schedule's. */
  rateFactor?: ((it: Parameter) => number) | undefined;
}

const prefixed = (prefix: string, feed: Feed): Record<string, Tensor> =>
  Object.fromEntries(
    Object.entries(feed).flatMap(([key, it]) => (key.startsWith(prefix) ? [[key.slice(prefix.length), it] as const] : [])),
  );

/** Whether an average follows the array: everything that changes. */
const moves = ({ trained, kind }: Parameter): boolean => trained || kind === "mean" || kind === "variance";

/** The beginning: given or initial weights, and nothing remembered yet. */
export const beginning = (plan: StepPlan, weights: Readonly<Record<string, Float32Array>>): State<Float32Array> => {
  const state: State<Float32Array> = {};
  for (const it of plan.parameters) {
    const weight = weights[it.name];
    if (!weight) throw new Error(`There are no weights for ${it.name}.`);
    state[`weight:${it.name}`] = weight;
    if (it.trained) for (const slot of slotsOf(plan.optimiser)) state[`${slot}:${it.name}`] = new Float32Array(weight.length);
    if (plan.average && moves(it)) state[`average:${it.name}`] = weight.slice();
  }
  return state;
};

/** The weights to judge and to keep: the average where there is one, else the weights themselves. */
export const result = <T>(plan: StepPlan, state: State<T>): Record<string, T> =>
  Object.fromEntries(plan.parameters.map(({ name }) => [name, (state[`average:${name}`] ?? state[`weight:${name}`]) as T]));

/**
 * One step of training as a function of tensors: forward, losses, backward, optimiser, averages. In: the state, the batch as
 * "batch:x" …, and the scalars rate, count (from 1), keep and sync, and seed [1]. Out: "loss:…" and whatever of the state moved.
 */
export const trainingStep =
  (plan: StepPlan): Step =>
  (feed) => {
    const weights = prefixed("weight:", feed);
    const batch = prefixed("batch:", feed);
    const trained = plan.parameters.filter((it) => it.trained);
    const out: Record<string, Tensor> = {};

    const { value, grads } = tf.valueAndGrads((...them: Tensor[]) => {
      const parameters = { ...weights };
      trained.forEach(({ name }, i) => {
        parameters[name] = them[i] as Tensor;
      });
      const net = (x: Tensor) => {
        const { outputs, statistics } = read(plan.net, x, plan.classes, true, { parameters, seed: feed["seed"] as Tensor });
        for (const [name, it] of Object.entries(statistics)) {
          out[`weight:${name}`]?.dispose(); // a task that runs the network twice: the last batch counts
          out[`weight:${name}`] = it;
        }
        return outputs;
      };
      const losses = plan.task(net, batch);
      for (const [name, it] of Object.entries(losses)) out[`loss:${name}`] = tf.keep(it);
      return tf.addN(Object.values(losses)) as Tensor & { rank: 0 } as never;
    })(trained.map(({ name }) => weights[name] as Tensor));
    out["loss"] = value;

    const all = Object.fromEntries(trained.map(({ name }, i) => [name, grads[i] as Tensor]));
    const gradients = plan.clip === undefined ? all : clip(all, plan.clip);
    for (const it of trained) {
      const { name } = it;
      const slots = Object.fromEntries(slotsOf(plan.optimiser).map((slot) => [slot, feed[`${slot}:${name}`] as Tensor]));
      const place = { decays: isDecayed(it), rateFactor: plan.rateFactor?.(it) ?? 1 };
      const now = { gradient: gradients[name] as Tensor, weight: weights[name] as Tensor, slots, place };
      const next = update(plan.optimiser, { ...now, rate: feed["rate"] as Tensor, count: feed["count"] as Tensor });
      out[`weight:${name}`] = next.weight;
      for (const [slot, it] of Object.entries(next.slots)) out[`${slot}:${name}`] = it;
    }
    if (plan.average) {
      for (const { name, trained } of plan.parameters.filter(moves)) {
        const [average, weight] = [feed[`average:${name}`] as Tensor, out[`weight:${name}`] as Tensor];
        const next = follow(average, weight, feed["keep"] as Tensor, feed["sync"] as Tensor);
        out[`average:${name}`] = next.average;
        // What a norm has seen goes on by itself: nothing in training depends on it.
        if (trained) out[`weight:${name}`] = next.weight;
      }
    }
    return out;
  };
