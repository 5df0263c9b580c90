/** Takes 20 s or more: three models are added by real worker children, two of which fill their memory. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { FileRef } from "../src/files.ts";
import { mina, openTestBot, type TestBot } from "./helpers/bot.ts";
import { colourModel, colours, greedyModel, plainly } from "./helpers/onnxModels.ts";
import { workersOf } from "./helpers/processes.ts";

const MAX_MB = 1000;

let lab: TestBot;
let labels: FileRef;
beforeAll(async () => {
  lab = await openTestBot(undefined, { PEERLAB_CHILD_MAX_MB: String(MAX_MB) });
  labels = await lab.bot.upload(mina, Buffer.from(colours.join("\n")), "labels.txt");
});
afterAll(() => lab.erase());

const add = async (name: string, bytes: Uint8Array) =>
  lab.ask(`/models add name:${name} preprocessing:${plainly}`, [await lab.bot.upload(mina, bytes, `${name}.onnx`), labels]);

/** The most physical memory that each child of ours has ever had, in megabytes, looked at often until it ends. */
const watchPeaks = () => {
  const peaks = new Map<number, number>();
  const timer = setInterval(() => {
    for (const pid of workersOf(process.pid)) {
      try {
        const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "latin1")) ?? [];
        peaks.set(pid, (Number(kilobytes) * 1024) / 1e6);
        if (Number(kilobytes) * 1024 > 3e6 * MAX_MB) process.kill(pid, "SIGKILL"); // nothing stops it: this machine is not to suffer
      } catch {} // it ended between two looks
    }
  }, 5);
  return () => {
    clearInterval(timer);
    return Math.max(...peaks.values());
  };
};

it.skipIf(process.platform !== "linux").each(["itself", "a megabyte"] as const)(
  "a model that joins what it has with %s without end is stopped, in words, below the limit, and the next job works",
  async (block) => {
    const peak = watchPeaks();
    const { status, reply } = await add("greedy", greedyModel(block));
    const megabytes = Math.round(peak());
    console.log(`at most ${megabytes} MB of ${MAX_MB}: ${reply?.text}`);
    expect([status, reply?.text]).toEqual(["mistake", expect.stringContaining(`more than ${MAX_MB} MB of memory`)]);
    expect(megabytes).toBeLessThan(MAX_MB);
    expect(megabytes).toBeGreaterThan(MAX_MB / 10);
    expect((await add("colours", colourModel())).status).toBe("done");
    expect((await lab.ask("/models remove name:colours")).status).toBe("done");
  },
  120_000,
);

it.skipIf(process.platform !== "linux")("a child that draws has little private memory that it does not use", async () => {
  for (const net of ["resnet20", "googlenet", "densenet121"]) await lab.ask(`/arch net:${net}`);
  const megabytes = workersOf(process.pid).map((pid) => {
    const [, kilobytes] = /VmData:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "latin1")) ?? [];
    return (Number(kilobytes) * 1024) / 1e6;
  });
  expect(megabytes).not.toEqual([]);
  expect(Math.max(...megabytes)).toBeLessThan(800);
});
