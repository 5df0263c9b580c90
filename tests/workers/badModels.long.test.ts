import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { newJobContext } from "../helpers/jobContext.ts";
import { crashingModel, endlessModel, endlessOn, plainly } from "../helpers/onnxModels.ts";
import { until } from "../helpers/processes.ts";

/** Inspects a model in a process of its own; what happens to it is the test. */
const inspectApart = async (bytes: Uint8Array) => {
  const { scratch } = await newJobContext();
  const file = `${scratch}.onnx`;
  await writeFile(file, bytes);
  const source = `
    const { readFileSync } = await import("node:fs");
    const { inspect } = await import(${JSON.stringify(join(import.meta.dirname, "../../src/inference/inspect.ts"))});
    console.log("begun");
    await inspect(readFileSync(${JSON.stringify(file)}), { name: "bad", file: "bad.onnx", preprocessing: ${JSON.stringify(plainly)}, labels: ["a", "b", "c"] });
    console.log("survived");`;
  return spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", source], {
    stdio: ["ignore", "pipe", "ignore"],
  });
};

/** Processor time a process has used, by /proc: in hundredths of a second there. */
const secondsOf = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100;
};

describe("models that nothing but a child process protects from", () => {
  it.skipIf(process.arch !== "x64")("one kills the process it runs in (a division that only x86 processors refuse)", async () => {
    const child = await inspectApart(crashingModel());
    const [code, signal] = await once(child, "exit");
    expect({ code, signal }).toEqual({ code: null, signal: "SIGFPE" });
  });

  it.each([
    ["never comes back", endlessModel()],
    ["comes back on grey, black and white, and never on a photo", endlessOn("photos")],
  ])("one %s", async (_, bytes) => {
    const child = await inspectApart(bytes);
    let said = "";
    child.stdout.on("data", (chunk) => {
      said += chunk;
    });
    await until("three seconds of computing", () => child.exitCode !== null || secondsOf(child.pid ?? 0) >= 3, 60);
    const running = child.exitCode === null;
    child.kill("SIGKILL");
    expect([running, said]).toEqual([true, "begun\n"]);
  });
});
