import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { takeLock } from "../../src/store/lock.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peerlab-lock-"));
});

it("is held by one at a time", async () => {
  const release = await takeLock(folder);
  expect(release).toBeDefined();
  expect(await takeLock(folder)).toBeUndefined();
  await release?.();
  expect(await takeLock(folder)).toBeDefined();
});

it("is taken over from a killed process, by exactly one of many", async () => {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  await writeFile(join(folder, "lock"), `${child.pid} 1`);
  const takers = await Promise.all(Array.from({ length: 8 }, () => takeLock(folder)));
  expect(takers.filter((it) => it !== undefined)).toHaveLength(1);
});

it("is not taken from a living process", async () => {
  const child = spawn(
    process.execPath,
    [
      "--import",
      "tsx",
      "-e",
      `
    import("${join(import.meta.dirname, "../../src/store/lock.ts")}").then((it) => it.takeLock("${folder}")).then(() => { console.log("held"); setInterval(() => {}, 1000); });
  `,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  await once(child.stdout, "data");
  expect(await takeLock(folder)).toBeUndefined();
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(await takeLock(folder)).toBeDefined();
});
