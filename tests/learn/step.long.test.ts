import { describe, expect, it } from "vitest";
import { initialise } from "../../src/learn/initialise.ts";
import { beginning, type StepPlan, trainingStep } from "../../src/learn/step.ts";
import { scratch } from "../../src/learn/task.ts";
import { listParameters } from "../../src/nets/backends/describe.ts";
import { findNet } from "../../src/nets/index.ts";
import type { Net } from "../../src/nets/net.ts";
import { compile, type Feed } from "../../src/tf/compile.ts";
import { isNative } from "../../src/tf/native.ts";
import { type Tensor, tf } from "../../src/tf/tf.ts";
import { noise } from "../helpers/training.ts";

const BATCH = 4;

const planOf = (name: string): StepPlan => {
  const net = findNet(name) as Net;
  return {
    net,
    classes: 10,
    parameters: listParameters(net, { classes: 10 }),
    task: scratch({ smoothing: 0.1 }),
    optimiser: { kind: "sgd", momentum: 0.9, nesterov: true, decay: 5e-4 },
    average: { kind: "ema", keep: 0.99 },
    clip: 5,
  };
};

const stateOf = (plan: StepPlan): Record<string, Tensor> => {
  const shapes = new Map(plan.parameters.map((it) => [it.name, it.shape]));
  const all = Object.entries(beginning(plan, initialise(plan.parameters, 7)));
  return Object.fromEntries(
    all.map(([key, it]) => [key, tf.tensor(it, [...(shapes.get(key.slice(key.indexOf(":") + 1)) ?? [])])]),
  );
};

const given = (step: number): Feed => {
  const { x, y } = noise(BATCH, 32).next(step) as Record<"x" | "y", Float32Array>;
  return {
    "batch:x": tf.tensor(x, [BATCH, 32, 32, 3]),
    "batch:y": tf.tensor(y, [BATCH, 10]),
    rate: tf.scalar(0.05),
    seed: tf.tensor1d([step + 1], "int32"),
    keep: tf.scalar(0.9),
    sync: tf.scalar(0),
  };
};

/** Everything after `steps` steps: state and losses. */
const train = (plan: StepPlan, run: (feed: Feed) => Record<string, Tensor>, steps: number): Record<string, Float32Array> => {
  let state = stateOf(plan);
  for (let step = 0; step < steps; step++) state = { ...state, ...run({ ...state, ...given(step) }) };
  return Object.fromEntries(Object.entries(state).map(([key, it]) => [key, it.dataSync() as Float32Array]));
};

describe.skipIf(!isNative())("a recorded step (needs native TensorFlow)", () => {
  it.each([
    "alexnet-mini",
    "vgg-mini",
    "googlenet-mini",
    "resnet8",
    "resnet20a",
    "plain20",
    "densenet-mini",
    "se-resnet20",
    "efficientnet-mini",
    "airbench94",
  ])("of %s gives the numbers of the eager one, bit for bit", (name) => {
    const plan = planOf(name);
    const step = trainingStep(plan);
    const compiled = compile(step, { ...stateOf(plan), ...given(0) });
    expect(compiled.eager).toBeUndefined();
    expect(compiled.nodes).toBeGreaterThan(100);
    const eager = train(plan, (feed) => tf.tidy(() => step(feed)), 3);
    const recorded = train(plan, compiled.run, 3);
    const different = Object.keys(eager).filter(
      (key) => !Buffer.from(eager[key]?.buffer as ArrayBuffer).equals(Buffer.from(recorded[key]?.buffer as ArrayBuffer)),
    );
    expect(different).toEqual([]);
    expect(Object.keys(recorded).sort()).toEqual(Object.keys(eager).sort());
    compiled.dispose();
  });
});
