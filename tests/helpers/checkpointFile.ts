import { existsSync } from "node:fs";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from "../../src/learn/checkpoint.ts";

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
