import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, it, onTestFinished } from "vitest";
import { until } from "../helpers/processes.ts";
import { compute, endWatched, limits, watchdog, watched } from "../helpers/watched.ts";

afterEach(endWatched);

it("ends a process that has used its processor time, even one that never gets back to its event loop", async () => {
  const child = watched(`watch(${limits({ processorSeconds: 0.3 })}); for (;;) {}`);
  expect(await once(child, "exit")).toEqual([null, "SIGXCPU"]);
});

it("ends a process that only waits, by another signal, when it has waited too long", async () => {
  const child = watched(`watch(${limits({ processorSeconds: 30, wallSeconds: 0.3 })}); setInterval(() => {}, 1000);`);
  expect(await once(child, "exit")).toEqual([null, "SIGALRM"]);
});

it("ends a process that takes too much memory, by a third", async () => {
  const child = watched(`watch(${limits({ megabytes: 600 })}); const kept = []; for (;;) kept.push(Buffer.alloc(20e6, 1));`);
  expect(await once(child, "exit")).toEqual([null, "SIGUSR2"]);
}, 60_000);

it("lets a process live whose limits were called off", async () => {
  const child = watched(`watch(${limits({ wallSeconds: 0.2 })}); watch(undefined); setTimeout(() => {}, 600);`);
  expect(await once(child, "exit")).toEqual([0, null]);
});

it("counts work and not time: stopped for longer than its limit, a job still ends well", async () => {
  const child = watched(`watch(${limits({ processorSeconds: 1 })}); console.log("begun"); ${compute(0.3)} console.log("done");`);
  let said = "";
  child.stdout?.on("data", (part) => {
    said += part;
  });
  await until("it to begin", () => said.includes("begun"));
  child.kill("SIGSTOP");
  const stopped = performance.now();
  await until("more than its limit to pass", () => performance.now() - stopped > 1300);
  child.kill("SIGCONT");
  expect([await once(child, "exit"), said]).toEqual([[0, null], "begun\ndone\n"]);
});

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
  onTestFinished(() => void child.kill("SIGKILL"));
  expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
});
