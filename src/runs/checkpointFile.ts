import { existsSync } from "node:fs";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from "../learn/checkpoint.ts";
import type { Tensor } from "../tf/tf.ts";

/** Replaces the checkpoint at `path`. A process killed at any moment leaves the old one or the new one, whole. */
export const saveCheckpoint = async (path: string, checkpoint: Checkpoint): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(`${path}.new`, "w");
  try {
    await file.write(encodeCheckpoint(checkpoint));
    await file.sync(); // a rename may reach the disk before the bytes it names
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
};

/** The checkpoint at `path`, if there is one of this run. */
export const loadCheckpoint = async (path: string, run: string): Promise<Checkpoint | undefined> =>
  existsSync(path) ? decodeCheckpoint(await readFile(path), run) : undefined;

/** The best weights of a run so far, in a file at `path`, so that they survive a cut. `run` names the run, as in its checkpoint. */
export const bestWeights = (path: string, run: string) => ({
  save: async (step: number, weights: Readonly<Record<string, Tensor>>): Promise<void> => {
    const state = Object.fromEntries(Object.entries(weights).map(([name, it]) => [name, it.dataSync() as Float32Array]));
    await saveCheckpoint(path, { step, run, state, shapes: {} });
  },
  /** Throws when none were saved. */
  load: async (): Promise<Record<string, Float32Array>> => {
    const saved = await loadCheckpoint(path, run);
    if (!saved) throw new Error(`Expected the best weights of this run in ${path}`);
    return saved.state;
  },
});
