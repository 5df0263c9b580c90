import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { loadCheckpoint, saveCheckpoint } from "../helpers/checkpointFile.ts";

const STEPS = 14;
const program = join(import.meta.dirname, "../helpers/trainTiny.ts");

/** Trains in a process of its own; killed without warning once it has done `killAfter` steps. Says where it began. */
const train = async (checkpoint: string, result: string, killAfter = Number.POSITIVE_INFINITY): Promise<number> => {
  const child = spawn(process.execPath, ["--import", "tsx", program, checkpoint, result, `${STEPS}`], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  let from = -1;
  for await (const line of createInterface(child.stdout)) {
    const [began = 0, step = 0] = line.split(" ").map(Number);
    from = began;
    if (step >= killAfter) child.kill("SIGKILL");
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return from;
};

describe("a run that is killed", () => {
  it("goes on from its checkpoint and ends with the weights of an unbroken one, bit for bit", { timeout: 180_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "peerlab-resume-"));
    const [unbroken, broken] = [join(folder, "unbroken.json"), join(folder, "broken.json")];
    expect(await train(join(folder, "a.safetensors"), unbroken)).toBe(0);
    const checkpoint = join(folder, "b.safetensors");
    expect(await train(checkpoint, broken, 6)).toBe(0);
    expect(await train(checkpoint, broken, 10)).toBe(4); // killed at 6: the last checkpoint is of step 4
    expect(await train(checkpoint, broken)).toBe(8);
    expect(readFileSync(broken, "utf8")).toBe(readFileSync(unbroken, "utf8"));
  });

  it("keeps the old checkpoint until the new one is whole, and takes no other run's", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "peerlab-checkpoint-")), "run.safetensors");
    const one = {
      step: 3,
      run: "a",
      notes: { curve: [[1, 0.5]] },
      state: { "weight:x": Float32Array.of(1, 2, 3, 4) },
      shapes: { "weight:x": [2, 2] },
    };
    await saveCheckpoint(path, one);
    writeFileSync(`${path}.new`, "cut sho"); // what a kill in the middle of writing leaves behind
    expect(await loadCheckpoint(path, "a")).toEqual(one);
    expect(await loadCheckpoint(path, "b")).toBeUndefined();
    expect(await loadCheckpoint(`${path}.missing`, "a")).toBeUndefined();
  });
});
