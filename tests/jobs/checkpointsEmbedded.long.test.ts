import { rm } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CheckpointStore, openCheckpoints } from "../../src/blobs/checkpoints.ts";
import { loadConfig } from "../../src/config.ts";
import { embeddedQueue } from "../../src/jobs/embedded.ts";
import { startHost } from "../../src/jobs/host.ts";
import type { Transport } from "../../src/jobs/transport.ts";
import { openLog } from "../../src/log.ts";
import { freshHome } from "../helpers/bot.ts";
import { type BotSide, openBotSide, resumedHashing } from "../helpers/botSide.ts";
import { isRunning, until, workersOf } from "../helpers/processes.ts";
import { testChild } from "../helpers/testChild.ts";

const log = openLog({ log: "silent" });
let home: string;
let checkpoints: CheckpointStore;
beforeEach(async () => {
  home = await freshHome();
  checkpoints = openCheckpoints(join(home, "blobs"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe("over the embedded queue, a job whose child is killed after a checkpoint", () => {
  let transport: Transport;
  let bot: BotSide;
  beforeEach(async () => {
    const config = loadConfig({ ...process.env, PEERLAB_HOME: home });
    transport = await embeddedQueue(await PGlite.create(), log);
    bot = await openBotSide(transport, checkpoints);
    await startHost(transport, config, log, ["train"], testChild(home));
  });
  afterEach(() => transport.close(true));
  const onlyChild = () => until("the child", () => workersOf(process.pid)[0]);

  it("goes on from there in another child, and ends with the same result, to the bit", async () => {
    await bot.beginHashing("one");
    const child = await onlyChild();
    process.kill(child, "SIGKILL");
    const end = await bot.resultOf("one");
    expect(end).toEqual(resumedHashing);
    expect(end).not.toMatchObject({ output: { pid: child } });
    expect(await checkpoints.jobs()).toEqual([]);
  }, 60_000);

  it("leaves none when it is cancelled, though it does not stop by itself", async () => {
    await bot.beginHashing("two");
    expect(await checkpoints.jobs()).toEqual(["two"]);
    const child = await onlyChild();
    await bot.cancel("two");
    expect(await bot.resultOf("two")).toMatchObject({ failure: expect.stringContaining("SIGALRM") });
    expect(isRunning(child)).toBe(false);
    expect(await checkpoints.jobs()).toEqual([]);
  }, 60_000);
});
