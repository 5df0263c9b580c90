import { evaluateLogits } from "../inference/evaluation.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../learn/checkpoint.ts";
import { runKey } from "../learn/fit.ts";
import { identityOf } from "./armData.ts";
import type { Arm, ArmResult, Setting } from "./experiment.ts";
import type { CheckpointStore } from "./trainArm.ts";

// A finished arm lies among the checkpoints of its run, so that one whose worker was killed trains nothing twice.

type Numbers = Omit<ArmResult, "arm" | "weights" | "test" | "testLogits">;
const LOGITS = "test logits";

const keyOf = (arm: Arm, { dataset }: Pick<Setting, "dataset">): string =>
  runKey({
    ...{ net: arm.net, classes: dataset.classes.length, recipe: { ...arm.recipe, seed: arm.seed }, task: arm.task },
    identity: ["finished", identityOf(arm, dataset)],
  });

/** Keeps what became of an arm under a name. */
export const keepArm = (
  name: string,
  result: ArmResult,
  setting: Pick<Setting, "dataset">,
  store: CheckpointStore,
): Promise<void> => {
  const { arm, weights, test: _, testLogits, ...numbers } = result;
  const state = { ...weights, [LOGITS]: testLogits };
  const checkpoint = { step: result.steps, run: keyOf(arm, setting), notes: numbers, state, shapes: {} };
  return store.save(name, encodeCheckpoint(checkpoint));
};

/** What became of this arm, if it was kept under the name. */
export const keptArm = async (
  name: string,
  arm: Arm,
  setting: Pick<Setting, "dataset">,
  store: CheckpointStore,
): Promise<ArmResult | undefined> => {
  const bytes = await store.load(name);
  const found = bytes && decodeCheckpoint(bytes, keyOf(arm, setting));
  if (!found) return undefined;
  const { [LOGITS]: testLogits = new Float32Array(), ...weights } = found.state;
  const { test, classes } = setting.dataset;
  return { arm, weights, testLogits, test: evaluateLogits(testLogits, test.labels, classes.length), ...(found.notes as Numbers) };
};
