import { readFileSync } from "node:fs";
import type { Dataset } from "../../src/data/dataset.ts";
import { drawShapes } from "../../src/data/shapes/index.ts";
import { splitIndices } from "../../src/data/split.ts";
import { readCard } from "../../src/models/cardMetadata.ts";
import { readModel } from "../../src/onnx/file.ts";
import { execute, type RunEvent } from "../../src/runs/execute.ts";
import type { Experiment, RunModel, Setting } from "../../src/runs/experiment.ts";
import type { RunKind, SpecOf } from "../../src/runs/spec.ts";
import type { CheckpointStore } from "../../src/runs/trainArm.ts";

/** Drawn shapes: few, so that a run takes seconds. */
export const fewShapes: Dataset = drawShapes({ train: 120, test: 40 });
/** What the specs of these runs have in common. */
export const common = { data: "shapes", preset: "taste", seed: 3, seeds: 1 } as const;
const teacher = (): RunModel => {
  const bytes = readFileSync(new URL("../../models/resnet20.shapes.onnx", import.meta.url));
  const card = readCard(readModel(bytes));
  if (!card) throw new Error("Expected a card in the teacher's file");
  return { card, blob: "the teacher", bytes };
};

/** So little work that an arm has the fewest steps there are. */
export const settingOf = <K extends RunKind>(spec: SpecOf<K>, signal = new AbortController().signal): Setting<K> => ({
  ...{ spec, dataset: fewShapes, ...splitIndices(fewShapes.train), models: { teacher: teacher() }, work: 0, signal },
});

/** Checkpoints in memory. */
export const memory = (): CheckpointStore & { names(): string[] } => {
  const kept = new Map<string, Uint8Array>();
  return {
    save: async (name, bytes) => void kept.set(name, Uint8Array.from(bytes)),
    load: async (name) => kept.get(name),
    names: () => [...kept.keys()],
  };
};

/** Runs an experiment; `hear` may end it, as a killed process does, by returning true. */
export const conduct = async (
  experiment: Experiment,
  setting: Setting,
  { seeds = [3], checkpoints = memory(), hear = (_: RunEvent): boolean | undefined => undefined } = {},
) => {
  const run = execute(experiment, {
    setting,
    seeds,
    checkpoints,
    measuring: { points: 4, pictures: 1_000, own: 2_000 },
    saveEvery: 0,
  });
  for (;;) {
    const { done, value } = await run.next();
    if (done) return value;
    if (hear(value)) {
      await run.return(undefined as never);
      return undefined;
    }
  }
};
