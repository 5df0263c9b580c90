import { describe, expect, it } from "vitest";
import { decodeCheckpoint, encodeCheckpoint } from "../../src/learn/checkpoint.ts";
import { type FitOptions, runKey, type StepResult, fit as startRun } from "../../src/learn/fit.ts";
import type { TaskSpec } from "../../src/learn/tasks/index.ts";
import { listParameters } from "../../src/nets/backends/describe.ts";
import { isNative } from "../../src/tf/native.ts";
import { tf } from "../../src/tf/tf.ts";
import { compareSteps } from "../helpers/compareSteps.ts";
import { noiseForTasks, taskExamples } from "../helpers/taskExamples.ts";
import { tinyNet } from "../helpers/tinyNet.ts";

const net = tinyNet({ hasAuxiliary: true });

const optionsOf = (task: TaskSpec, steps: number): FitOptions => ({
  ...{ net, classes: 10, task, source: noiseForTasks(16, 8) },
  recipe: {
    ...{ steps, seed: 1 },
    optimiser: { kind: "sgd", momentum: 0.9, nesterov: true },
    schedule: { kind: "cosine", learningRate: 0.05 },
    average: { kind: "ema", emaDecay: 0.9 },
    gradientClip: 5,
  },
});

/** Runs to the end, or to step `until`; what each step told, and the weights at the end. */
const train = async (options: FitOptions, onStep: (result: StepResult) => void = () => undefined) => {
  const run = startRun(options);
  for (;;) {
    const { done, value } = await run.next();
    if (done) return value;
    onStep(value);
  }
};

describe.each(taskExamples)("the task %s", (name, task) => {
  it("learns, in losses whose sum is minimised, and leaks nothing", async () => {
    const before = tf.memory().numTensors;
    const [losses, tensors]: [number[], Set<number>] = [[], new Set()];
    await train(optionsOf(task, 80), (told) => {
      const sum = Object.values(told.losses).reduce((sum, it) => sum + it, 0);
      expect(told.loss).toBeCloseTo(sum, 3);
      // The auxiliary classifier learns in every task that says anything of classes.
      expect("auxiliary" in told.losses).toBe(name !== "at, 0 hard");
      for (const share of Object.values(told.metrics)) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }
      losses.push(told.loss);
      tensors.add(tf.memory().numTensors);
    });
    const mean = (them: number[]) => them.reduce((sum, it) => sum + it, 0) / them.length;
    // From the tenth step on, when DKD's weight has grown; that of pseudo-labels grows on, and so does their loss.
    if (task.kind === "supervised" || task.kind === "distill")
      expect(mean(losses.slice(-10))).toBeLessThan(0.9 * mean(losses.slice(10, 20)));
    expect(tensors.size).toBe(1);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("goes on from a snapshot to the same weights, bit for bit, and ends with the network's alone", async () => {
    const options = optionsOf(task, 6);
    let bytes = Buffer.alloc(0);
    const whole = await train(options, ({ step, snapshot }) => {
      if (step === 3) bytes = encodeCheckpoint(snapshot({ curve: [3] }));
    });
    const resume = decodeCheckpoint(bytes, runKey(options));
    expect(resume?.notes).toEqual({ curve: [3] });
    const steps: number[] = [];
    const rest = await train({ ...options, resume }, ({ step }) => steps.push(step));
    expect(steps).toEqual([4, 5, 6]);
    expect(rest).toEqual(whole);
    expect(Object.keys(whole)).toEqual(listParameters(net, { classes: 10 }).map((it) => it.name));
  });

  it.skipIf(!isNative())("gives recorded the numbers of an eager step, bit for bit (needs native TensorFlow)", async () => {
    const { different, eager } = await compareSteps(net, { task, steps: 3 });
    expect([different, eager]).toEqual([[], undefined]);
  });
});

describe("distillation", () => {
  const distill = { kind: "distill", method: "kd", soft: 0, hard: 1 } as const;

  it("with no weight on the teacher is learning from labels, whatever the temperature", async () => {
    const labels = await train(optionsOf({ kind: "supervised" }, 3));
    expect(await train(optionsOf({ ...distill, temperature: 1 }, 3))).toEqual(labels);
    expect(await train(optionsOf({ ...distill, method: "fitnet", temperature: 7 }, 3))).toEqual(labels);
  });

  it("without a teacher and without labels is refused", async () => {
    await expect(train(optionsOf({ ...distill, temperature: 1, hard: 0 }, 3))).rejects.toThrow("nothing to learn");
  });

  it("says which array a batch lacks", async () => {
    const { source, ...options } = optionsOf({ ...distill, temperature: 1, soft: 1 }, 3);
    const { teacher: _, ...shapes } = source.shapes;
    await expect(train({ ...options, source: { ...source, shapes } })).rejects.toThrow(/teacher/);
  });
});
