import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { until } from "../helpers/processes.ts";

const watchdog = join(import.meta.dirname, "../../src/jobs/watchdog.ts");
const started: ChildProcess[] = [];
const run = (script: string) => {
  const child = spawn(
    process.execPath,
    [
      ...["--import", "tsx", "--input-type=module", "-e"],
      `import { startWatchdog } from "${watchdog}"; const watch = startWatchdog(process.ppid); ${script}`,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  started.push(child);
  return child;
};
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});
const limits = (some: object) => JSON.stringify({ processorSeconds: 60, wallSeconds: 60, megabytes: 4000, ...some });
/** Computes for as many seconds of its own thread, however long that takes. */
const compute = (seconds: number) => `{
  const { cpuUsage } = process; const begun = cpuUsage();
  for (let used = 0; used < ${seconds * 1e6};) { const { user, system } = cpuUsage(begun); used = user + system; }
}`;

it("ends a process that has used its processor time, even one that never gets back to its event loop", async () => {
  const child = run(`watch(${limits({ processorSeconds: 0.3 })}); for (;;) {}`);
  expect(await once(child, "exit")).toEqual([null, "SIGXCPU"]);
});

it("ends a process that only waits, by another signal, when it has waited too long", async () => {
  const child = run(`watch(${limits({ processorSeconds: 30, wallSeconds: 0.3 })}); setInterval(() => {}, 1000);`);
  expect(await once(child, "exit")).toEqual([null, "SIGALRM"]);
});

it("ends a process that takes too much memory, by a third", async () => {
  const child = run(`watch(${limits({ megabytes: 600 })}); const kept = []; for (;;) kept.push(Buffer.alloc(20e6, 1));`);
  expect(await once(child, "exit")).toEqual([null, "SIGUSR2"]);
}, 60_000);

it("lets a process live whose limits were called off", async () => {
  const child = run(`watch(${limits({ wallSeconds: 0.2 })}); watch(undefined); setTimeout(() => {}, 600);`);
  expect(await once(child, "exit")).toEqual([0, null]);
});

it("counts work and not time: stopped for longer than its limit, a job still ends well", async () => {
  const child = run(`watch(${limits({ processorSeconds: 2 })}); console.log("begun"); ${compute(0.5)} console.log("done");`);
  let said = "";
  child.stdout?.on("data", (part) => {
    said += part;
  });
  await until("it to begin", () => said.includes("begun"));
  child.kill("SIGSTOP");
  const stopped = performance.now();
  await until("more than its limit to pass", () => performance.now() - stopped > 2500);
  child.kill("SIGCONT");
  expect([await once(child, "exit"), said]).toEqual([[0, null], "begun\ndone\n"]);
});

it("lets a job finish among busy neighbours that it gives way to, and ends an endless one there after the same work", async () => {
  const neighbours = Array.from({ length: availableParallelism() }, () => run("for (;;) {}"));
  await until("them to be busy", () => neighbours.every((it) => secondsOf(it.pid) > 0.3), 60);
  const polite = `(await import("node:os")).setPriority(10);`;
  const ordinary = run(`${polite} watch(${limits({ processorSeconds: 1 })}); ${compute(0.2)}`);
  const begun = performance.now();
  expect(await once(ordinary, "exit")).toEqual([0, null]);
  const seconds = (performance.now() - begun) / 1000;
  const endless = run(`${polite} watch(${limits({ processorSeconds: 0.2 })}); for (;;) {}`);
  expect(await once(endless, "exit")).toEqual([null, "SIGXCPU"]);
  console.log(`0.2 s of work took ${seconds.toFixed(1)} s among busy neighbours`);
}, 120_000);

const secondsOf = (pid = 0): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100;
};

it("does not let a blocked process outlive its parent, even one that was gone before it began to watch", async () => {
  const parent = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const gone = parent.pid as number;
  parent.kill("SIGKILL");
  await once(parent, "exit");
  const child = spawn(
    process.execPath,
    [
      "--import",
      "tsx",
      "--input-type=module",
      "-e",
      `import { startWatchdog } from "${watchdog}"; startWatchdog(${gone}); for (;;) {}`,
    ],
    { stdio: "ignore" },
  );
  started.push(child);
  expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
});
