import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CheckpointStore, openCheckpoints } from "../../src/blobs/checkpoints.ts";
import { freshHome } from "../helpers/bot.ts";

let home: string;
let checkpoints: CheckpointStore;
beforeEach(async () => {
  home = await freshHome();
  checkpoints = openCheckpoints(join(home, "blobs"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe("the store of checkpoints", () => {
  it("gives back the bytes that were saved last, and nothing of another job or name", async () => {
    const mine = checkpoints.of("job");
    await mine.save("state", Buffer.from("first"));
    await mine.save("state", Buffer.from("second"));
    expect((await mine.load("state"))?.toString()).toBe("second");
    expect(await mine.load("other")).toBeUndefined();
    expect(await checkpoints.of("another").load("state")).toBeUndefined();
  });

  it("takes what was damaged for nothing, rather than go on from it", async () => {
    await checkpoints.of("job").save("state", Buffer.from("a state"));
    const path = join(home, "blobs/checkpoints/job/state");
    const bytes = await readFile(path);
    await writeFile(path, bytes.fill(0, bytes.length - 1));
    expect(await checkpoints.of("job").load("state")).toBeUndefined();
    await writeFile(path, "");
    expect(await checkpoints.of("job").load("state")).toBeUndefined();
  });

  it("refuses names that lead elsewhere", async () => {
    await expect(checkpoints.of("job").save("../../blob", Buffer.of(1))).rejects.toThrow(/name/);
    expect(() => checkpoints.remove("..")).toThrow(/name/);
    expect(() => checkpoints.remove("")).toThrow(/name/);
  });
});
