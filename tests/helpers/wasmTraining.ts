import { expect } from "vitest";
import { fit as train } from "../../src/learn/fit.ts";
import { findNet } from "../../src/nets/index.ts";
import type { Net } from "../../src/nets/net.ts";
import { tf } from "../../src/tf/tf.ts";
import { noise } from "./training.ts";

const one = noise(16, 32).next(0);
/** Always the same batch, which a network soon knows. */
export const sameBatch = { ...noise(16, 32), next: () => one };

/** Trains a network on the backend in use, which is to be WASM: its loss falls, it says why it is slow, and no tensor is left over. */
export const expectToLearn = async (name: string): Promise<void> => {
  const net = findNet(name) as Net;
  const [losses, tensors]: [number[], number[]] = [[], []];
  const steps = 6;
  const task = { kind: "supervised" } as const;
  const recipe = { steps, seed: 1, optimiser: { kind: "adamw" }, schedule: { kind: "constant", learningRate: 3e-3 } } as const;
  const reasons = new Set<string | undefined>();
  for await (const { loss, eager } of train({ net, classes: 10, recipe, task, source: sameBatch })) {
    losses.push(loss);
    reasons.add(eager);
    tensors.push(tf.memory().numTensors);
  }
  expect([...reasons]).toEqual([expect.stringMatching(/no native TensorFlow/)]);
  expect(losses.at(-1)).toBeLessThan((losses[0] as number) - 0.3);
  expect(new Set(tensors.slice(1)).size).toBe(1);
};
