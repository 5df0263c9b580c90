import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { ChildPool } from "bullmq";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { openCheckpoints } from "../../src/blobs/checkpoints.ts";
import { loadConfig } from "../../src/config.ts";
import { embeddedQueue } from "../../src/jobs/embedded.ts";
import { startHost } from "../../src/jobs/host.ts";
import { msBeforeAnotherTry } from "../../src/jobs/limits.ts";
import type { Transport } from "../../src/jobs/transport.ts";
import { openLog } from "../../src/log.ts";
import { freshHome } from "../helpers/bot.ts";
import { asker, type BotSide, openBotSide } from "../helpers/botSide.ts";
import { isRunning, until, workersOf } from "../helpers/processes.ts";

const log = openLog({ log: "silent" });
const drawn = { output: expect.objectContaining({ picture: expect.anything() }) };

/** Kills a process and returns when it is dead, before this process's event loop can hear of it. */
const killUnheard = (pid: number) => {
  process.kill(pid, "SIGKILL");
  while (isRunning(pid)) readFileSync("/proc/self/stat");
};

describe("a job whose child is killed", () => {
  let home: string;
  let transport: Transport;
  let bot: BotSide;
  beforeAll(async () => {
    home = await freshHome();
    transport = await embeddedQueue(await PGlite.create(), log);
    bot = await openBotSide(transport, openCheckpoints(join(home, "blobs")));
    await startHost(transport, loadConfig({ ...process.env, PEERLAB_HOME: home, PEERLAB_IMAGE_CHILDREN: "1" }), log, ["images"]);
  });
  afterAll(async () => {
    await transport.close(true);
    await rm(home, { recursive: true, force: true });
  });
  afterEach(() => void vi.restoreAllMocks());

  const draw = (request: string) => bot.start(request, { job: "arch", input: { net: "resnet20", lang: "en" } }, asker);
  it("while it starts is done by another", async () => {
    await draw("first");
    const child = await until("the child", () => workersOf(process.pid)[0]);
    process.kill(child, "SIGKILL");
    expect(await bot.resultOf("first")).toEqual(drawn);
    expect(workersOf(process.pid)).not.toContain(child);
  }, 60_000);

  it("in the moment when it is given to it is done by another, and its host lives on", async () => {
    const unheard = vi.fn();
    process.on("unhandledRejection", unheard);
    await draw("second");
    expect(await bot.resultOf("second")).toEqual(drawn);
    const { getFree } = ChildPool.prototype;
    const killed: number[] = [];
    vi.spyOn(ChildPool.prototype, "getFree").mockImplementation(function (this: ChildPool, file) {
      const free = getFree.call(this, file);
      for (const { pid } of killed.length === 0 ? free : []) {
        killUnheard(pid);
        killed.push(pid);
      }
      return free;
    });
    await draw("third");
    expect(await bot.resultOf("third")).toEqual(drawn);
    expect(killed).toHaveLength(1);
    expect(unheard).not.toHaveBeenCalled();
    process.off("unhandledRejection", unheard);
  }, 60_000);
});

it("a child that has nothing to do for its minutes leaves, and the next job has another", async () => {
  const home = await freshHome();
  const transport = await embeddedQueue(await PGlite.create(), log);
  const bot = await openBotSide(transport, openCheckpoints(join(home, "blobs")));
  const settings = { PEERLAB_HOME: home, PEERLAB_IMAGE_CHILDREN: "1", PEERLAB_CHILD_IDLE_MINUTES: "0.001" };
  await startHost(transport, loadConfig({ ...process.env, ...settings }), log, ["images"]);
  for (const request of ["first", "second"]) {
    await bot.start(request, { job: "arch", input: { net: "resnet20", lang: "en" } }, asker);
    expect(await bot.resultOf(request)).toEqual(drawn);
    await until("the child to leave", () => workersOf(process.pid).filter(isRunning).length === 0, 60);
  }
  await transport.close(true);
  await rm(home, { recursive: true, force: true });
}, 120_000);

describe("how long a failed job waits for another try, in ms; -1: it has none", () => {
  it.each([
    ["Unexpected exit code: null signal: SIGKILL", 0],
    ["Unexpected exit code: 0 signal: null", 0],
    ["Unexpected exit code: null signal: SIGUSR2", 0],
    ["Unexpected exit code: null signal: SIGSEGV", -1],
    ["Unexpected exit code: null signal: SIGXCPU", -1],
    ["Unexpected exit code: 1 signal: null", -1],
    ["ENOSPC: no space left on device, write", 2000],
    ["the network has no layers", -1],
  ])("%s: %s", (failure, ms) => expect(msBeforeAnotherTry(failure)).toBe(ms));
});
