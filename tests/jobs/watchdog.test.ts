import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, it } from "vitest";
import { until } from "../helpers/processes.ts";

const watchdog = join(import.meta.dirname, "../../src/jobs/watchdog.ts");
const run = (script: string) =>
  spawn(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "-e", `import { startWatchdog } from "${watchdog}"; ${script}`],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );

it("ends a process at its deadline, even one that never gets back to its event loop", async () => {
  const child = run("startWatchdog()(Date.now() + 300); for (;;) {}");
  expect(await once(child, "exit")).toEqual([null, "SIGXCPU"]);
});

it("lets a process live whose deadline was called off", async () => {
  const child = run("const watch = startWatchdog(); watch(Date.now() + 200); watch(Infinity); setTimeout(() => {}, 600);");
  expect(await once(child, "exit")).toEqual([0, null]);
});

it("does not let a blocked process outlive its parent", async () => {
  const parent = spawn(
    process.execPath,
    [
      "-e",
      `const child = require("node:child_process").spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", ${JSON.stringify(
        `import { startWatchdog } from "${watchdog}"; startWatchdog(); setTimeout(() => { console.log("blocked"); for (;;) {} }, 100);`,
      )}], { stdio: ["ignore", "pipe", "inherit"] }); child.stdout.once("data", () => console.log(child.pid)); setInterval(() => {}, 1000);`,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const [pid] = await once(parent.stdout, "data");
  parent.kill("SIGKILL");
  await until("the orphan to end", () => {
    try {
      process.kill(Number(pid), 0);
      return false;
    } catch {
      return true;
    }
  });
});
