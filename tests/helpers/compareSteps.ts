import type { BatchSource } from "../../src/data/batches.ts";
import type { ParameterGroup } from "../../src/learn/groups.ts";
import { initialise } from "../../src/learn/initialise.ts";
import { allParameters, initialState, type StepPlan, trainingStep } from "../../src/learn/step.ts";
import { type TaskSpec, taskOf } from "../../src/learn/tasks/index.ts";
import { describe, listParameters } from "../../src/nets/backends/describe.ts";
import { findNet, nets } from "../../src/nets/index.ts";
import type { Net, Network } from "../../src/nets/net.ts";
import { elementCount } from "../../src/nets/parameter.ts";
import { compile, type Feed } from "../../src/tf/compile.ts";
import { type Tensor, tf } from "../../src/tf/tf.ts";
import { noiseForTasks } from "./taskExamples.ts";
import { noise } from "./training.ts";

/** What comes of running the same steps recorded and eagerly. */
export interface Comparison {
  /** Parts of the state and losses that are not the same, bit for bit. */
  different: string[];
  /** Operations of the recorded graph; 0 where the step could not be recorded. */
  nodes: number;
  eager?: string;
}

const BATCH = 4;
const CLASSES = 10;

const planOf = (net: Network, size: number, task: TaskSpec, { shapes }: BatchSource): StepPlan => ({
  net,
  classes: CLASSES,
  parameters: listParameters(net, { classes: CLASSES, size }),
  task: taskOf(task, { net, shapes }),
  optimiser: { kind: "sgd", momentum: 0.9, nesterov: true, weightDecay: 5e-4 },
  average: { kind: "ema", emaDecay: 0.99 },
  gradientClip: 5,
});

const stateOf = (plan: StepPlan): Record<string, Tensor> => {
  const parameters = allParameters(plan);
  const shapes = new Map(parameters.map((it) => [it.name, it.shape]));
  const all = Object.entries(initialState(plan, initialise(parameters, 7)));
  return Object.fromEntries(
    all.map(([key, it]) => [key, tf.tensor(it, [...(shapes.get(key.slice(key.indexOf(":") + 1)) ?? [])])]),
  );
};

const inputsAt = async (step: number, { shapes, next }: BatchSource): Promise<Feed> => {
  const batch = await next(step);
  const arrays = Object.entries(shapes).map(([name, shape]) => {
    const values = batch[name] as Float32Array;
    return [`batch:${name}`, tf.tensor(values, [values.length / elementCount({ shape }), ...shape])];
  });
  return {
    ...(Object.fromEntries(arrays) as Feed),
    learningRate: tf.scalar(0.05),
    progress: tf.scalar(step / 10),
    seed: tf.tensor1d([step + 1], "int32"),
    emaDecay: tf.scalar(0.9),
    sync: tf.scalar(0),
  };
};

/** Runs `steps` steps of training a network twice, recorded as a graph and one operation at a time, on images of `size` pixels. */
export const compareSteps = async (
  net: Network,
  { size = net.size, steps, task, groups }: { size?: number; steps: number; task?: TaskSpec; groups?: readonly ParameterGroup[] },
): Promise<Comparison> => {
  const source = task ? noiseForTasks(BATCH, size) : noise(BATCH, size);
  const plan = { ...planOf(net, size, task ?? { kind: "supervised", labelSmoothing: 0.1 }, source), groups };
  const step = trainingStep(plan);
  /** State and losses afterwards, as bytes. */
  const train = async (run: (feed: Feed) => Record<string, Tensor>): Promise<Map<string, Buffer>> => {
    let state = stateOf(plan);
    for (let i = 0; i < steps; i++) {
      const inputs = await inputsAt(i, source);
      const outputs = run({ ...state, ...inputs });
      tf.dispose([inputs, Object.keys(outputs).map((key) => state[key] ?? [])] as never);
      state = { ...state, ...outputs };
    }
    const bytes = Object.entries(state).map(([key, it]): [string, Buffer] => [key, Buffer.from(it.dataSync().buffer)]);
    tf.dispose(state as never);
    return new Map(bytes);
  };
  const example = { ...stateOf(plan), ...(await inputsAt(0, source)) };
  const compiled = compile(step, example);
  tf.dispose(example as never);
  const recorded = await train(compiled.run);
  compiled.dispose();
  const eager = await train((feed) => tf.tidy(() => step(feed)));
  const keys = [...new Set([...recorded.keys(), ...eager.keys()])];
  const isSame = (key: string) => recorded.get(key)?.equals(eager.get(key) ?? Buffer.alloc(0)) ?? false;
  return {
    different: keys.filter((key) => !isSame(key)),
    nodes: compiled.nodes,
    ...(compiled.eager === undefined ? {} : { eager: compiled.eager }),
  };
};

/** Of each family's networks that `isWanted` lets through, the one with the least arithmetic. */
export const smallestOfEachFamily = (isWanted: (net: Net) => boolean): Net[] => {
  const smallest = new Map<string, Net>();
  const wanted = nets.filter(isWanted).toSorted((a, b) => describe(a).macs - describe(b).macs);
  for (const net of wanted) if (!smallest.has(net.family)) smallest.set(net.family, net);
  return [...smallest.values()];
};

// As a process of its own: compares the networks that it is given, on images of 32 pixels, and prints the comparisons as JSON.
if (process.argv[1] === import.meta.filename) {
  const comparisons: Record<string, Comparison> = {};
  for (const name of process.argv.slice(2)) comparisons[name] = await compareSteps(findNet(name) as Net, { size: 32, steps: 2 });
  console.log(JSON.stringify(comparisons));
}
