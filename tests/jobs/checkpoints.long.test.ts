import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, symlinkSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type CheckpointStore, openCheckpoints } from "../../src/blobs/checkpoints.ts";
import { loadConfig } from "../../src/config.ts";
import { embeddedQueue } from "../../src/jobs/embedded.ts";
import { startHost } from "../../src/jobs/host.ts";
import { redisQueue, type Transport } from "../../src/jobs/transport.ts";
import { openLog } from "../../src/log.ts";
import { freshHome } from "../helpers/bot.ts";
import { asker, openBotSide, resumedHashing } from "../helpers/botSide.ts";
import { until, workersOf } from "../helpers/processes.ts";
import { redisMissing, startRedis } from "../helpers/redis.ts";
import { testChild, testHostPath } from "../helpers/testChild.ts";
import { testJob } from "../helpers/testJobs.ts";

const log = openLog({ log: "silent" });
let home: string;
let checkpoints: CheckpointStore;
beforeEach(async () => {
  home = await freshHome();
  checkpoints = openCheckpoints(join(home, "blobs"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe.skipIf(redisMissing)(`over Redis${redisMissing}`, () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let transport: Transport;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  beforeEach(() => {
    transport = redisQueue(redis.url, log);
  });
  afterEach(() => transport.close(true));

  /** A worker host on a machine of its own, as far as one can tell: it shares nothing with others but the folder of the blobs. */
  const startMachine = async (name: string) => {
    const machine = join(home, name);
    mkdirSync(machine);
    mkdirSync(join(home, "blobs"), { recursive: true });
    symlinkSync(join(home, "blobs"), join(machine, "blobs"));
    const env = { ...process.env, REDIS_URL: redis.url, PEERLAB_HOME: machine, PEERLAB_LOG: "info" };
    const host = spawn(process.execPath, ["--import", "tsx", testHostPath], { env, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    host.stderr.on("data", (part) => {
      said += part;
    });
    await until(`${name} to be ready`, () => said.includes("worker host ready"), 60);
    return {
      kill: async () => {
        const gone = once(host, "exit");
        host.kill("SIGKILL");
        await gone;
      },
      child: () => workersOf(host.pid as number)[0],
    };
  };

  it("a job whose whole host is killed after a checkpoint goes on from there on another machine, to the same bit", async () => {
    const bot = await openBotSide(transport, checkpoints);
    const first = await startMachine("first");
    await bot.beginHashing("three");
    await first.kill();
    const second = await startMachine("second");
    expect(await bot.resultOf("three")).toEqual(resumedHashing);
    expect(await bot.resultOf("three")).toMatchObject({ output: { pid: second.child() } });
    expect(bot.results.get("three")).toHaveLength(1);
    expect(await checkpoints.jobs()).toEqual([]);
    await second.kill();
  }, 120_000);

  it("a stopped job whose whole host is killed hands back on another machine what its checkpoint has, and goes no further", async () => {
    const bot = await openBotSide(transport, checkpoints);
    const first = await startMachine("stopped");
    await bot.start("six", testJob("counting", { to: 100_000, isDeaf: false }), asker);
    await until("it to count", () => bot.reports.some((it) => it.request === "six" && it.done >= 3), 60);
    process.kill(first.child() as number, "SIGSTOP");
    expect(await bot.stop("six")).toBe(true);
    await first.kill();
    const second = await startMachine("next");
    const end = (await bot.resultOf("six")) as { output: { counted: number; from: number; cancelled: boolean } };
    expect(end.output).toMatchObject({ counted: end.output.from, cancelled: true });
    expect(end.output.counted).toBeGreaterThanOrEqual(3);
    expect(bot.results.get("six")?.[0]).toMatchObject({ isCancelled: true });
    await second.kill();
  }, 120_000);

  it("checkpoints of a job that ends while no bot is there leave when the next one hears of it", async () => {
    const host = await startMachine("only");
    await (await openBotSide(transport, checkpoints)).beginHashing("four");
    await transport.close(true);
    process.kill(host.child() as number, "SIGKILL");
    transport = redisQueue(redis.url, log);
    await until("the job to end", async () => (await transport.queue("train").getJob("four"))?.isCompleted(), 60);
    expect(await checkpoints.jobs()).toEqual(["four"]);
    const next = await openBotSide(transport, checkpoints);
    expect(await next.resultOf("four")).toEqual(resumedHashing);
    expect(await checkpoints.jobs()).toEqual([]);
    await host.kill();
  }, 120_000);

  it("every key begins with our prefix, so that what others keep in this Redis is left alone", async () => {
    await transport.queue("train").add("hashChain", {});
    const client = new Redis(redis.url);
    const keys = await client.keys("*");
    client.disconnect();
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.filter((it) => !it.startsWith("peerlab:"))).toEqual([]);
  });
});

describe("over the embedded queue, a job that reports thousands of times", () => {
  it("is heard of four times a second, and to the last report", async () => {
    const transport = await embeddedQueue(await PGlite.create(), log);
    const bot = await openBotSide(transport, checkpoints);
    await startHost(transport, loadConfig({ ...process.env, PEERLAB_HOME: home }), log, ["train"], testChild(home));
    await bot.start("five", testJob("chatter", { seconds: 2 }), asker);
    const end = await bot.resultOf("five");
    expect(end).toEqual({ output: { reports: expect.any(Number) } });
    const { reports } = (end as { output: { reports: number } }).output;
    expect(reports).toBeGreaterThan(1000);
    await until("the last report", () => bot.reports.at(-1)?.note?.en === "the last");
    expect(bot.reports.length).toBeGreaterThan(2);
    expect(bot.reports.length).toBeLessThanOrEqual(2 + 2000 / 250);
    await transport.close(true);
  }, 60_000);
});
