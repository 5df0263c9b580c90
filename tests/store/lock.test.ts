import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { takeLease } from "../../src/store/lease.ts";
import { takeLock } from "../../src/store/lock.ts";
import { inNamespace, noNamespaces } from "../helpers/disks.ts";
import { until } from "../helpers/processes.ts";

const never = (): void => {
  throw new Error("lost a lock that nobody took");
};
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peerlab-lock-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A process that takes the lock, says so, and stays; `then` runs in it before it says so. */
const holder = async (then = "", before: readonly string[] = []): Promise<ChildProcess> => {
  const code = `
    const { takeLock } = await import("${join(import.meta.dirname, "../../src/store/lock.ts")}");
    const release = await takeLock("${folder}", () => {});
    ${then}
    console.log(release ? "held" : "waits");
    setInterval(() => {}, 1000);`;
  const [command, ...args] = [...before, process.execPath, "--import", "tsx", "--input-type=module", "-e", code];
  const child = spawn(command as string, args, { stdio: ["ignore", "pipe", "inherit"] });
  const [said] = await once(child.stdout as NonNullable<typeof child.stdout>, "data");
  expect(String(said)).toContain("held");
  return child;
};
const kill = async (child: ChildProcess) => {
  child.kill("SIGKILL");
  await once(child, "exit");
};

describe("the lock", () => {
  it("is held by one at a time", async () => {
    const release = await takeLock(folder, never);
    expect(release).toBeDefined();
    expect(await takeLock(folder, never)).toBeUndefined();
    await release?.();
    expect(await takeLock(folder, never)).toBeDefined();
  });

  it("is not taken from a living process, and at once from a killed one", async () => {
    const child = await holder();
    expect(await takeLock(folder, never)).toBeUndefined();
    await kill(child);
    expect(await takeLock(folder, never)).toBeDefined();
  });

  it("is taken by exactly one of eight, after its holder was killed", async () => {
    await kill(await holder());
    const takers = await Promise.all(Array.from({ length: 8 }, () => takeLock(folder, never)));
    expect(takers.filter((it) => it !== undefined)).toHaveLength(1);
  });

  it("dies with its holder, though children of the holder live on", async () => {
    const child = await holder(`
      const { spawn } = await import("node:child_process");
      const { writeFileSync } = await import("node:fs");
      const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { detached: true, stdio: "ignore" });
      writeFileSync("${folder}/child", String(child.pid));`);
    const survivor = Number(await readFile(join(folder, "child"), "utf8"));
    await kill(child);
    expect(process.kill(survivor, 0)).toBe(true);
    expect(await takeLock(folder, never)).toBeDefined();
    process.kill(survivor, "SIGKILL");
  });

  it("is not held up by what an older version left", async () => {
    await writeFile(join(folder, "lock"), `${process.pid} 12345`);
    expect(await takeLock(folder, never)).toBeDefined();
  });

  it.skipIf(noNamespaces)(`is seen from another container${noNamespaces}`, async () => {
    const child = await holder("", inNamespace);
    expect(await takeLock(folder, never)).toBeUndefined();
    await kill(child);
    await until("the lock", () => takeLock(folder, never), 2);
  });
});

describe("the lease, where a file system has no locks", () => {
  const BEAT_MS = 40;
  const take = (onLost = never) => takeLease(join(folder, "lock"), onLost, BEAT_MS);

  it("is held by one at a time, and free again at once", async () => {
    const release = await take();
    expect(release).toBeDefined();
    expect(await take()).toBeUndefined();
    await release?.();
    const again = await take();
    expect(again).toBeDefined();
    await again?.();
  });

  it("is taken by exactly one of eight", async () => {
    const takers = (await Promise.all(Array.from({ length: 8 }, () => take(() => {})))).filter((it) => it !== undefined);
    expect(takers).toHaveLength(1);
    await takers[0]?.();
  });

  it("is taken over when nothing was heard for long, also from what an older version left", async () => {
    for (const left of ["4711 12345", `3f2b0c1e-0000-4000-8000-000000000000 ${"7".padStart(12, "0")}\n`]) {
      await writeFile(join(folder, "lock"), left);
      const began = performance.now();
      const release = await take();
      expect(performance.now() - began).toBeGreaterThan(10 * BEAT_MS);
      expect(release).toBeDefined();
      await release?.();
    }
  });

  it("tells a holder that finds another's name, who then leaves the file alone", async () => {
    let lost = 0;
    const release = await take(() => {
      lost++;
    });
    const theirs = `3f2b0c1e-0000-4000-8000-000000000000 ${"7".padStart(12, "0")}\n`;
    // A beat may be on its way and write over it once; then the other one gives up, and tries again.
    await until("the holder to notice", async () => {
      if (lost === 0) await writeFile(join(folder, "lock"), theirs);
      return lost > 0;
    });
    await release?.();
    expect(lost).toBe(1);
    expect(await readFile(join(folder, "lock"), "utf8")).toBe(theirs);
  });
});
