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
import { type FlowResult, openFlows } from "../../src/jobs/flows.ts";
import { startHost } from "../../src/jobs/host.ts";
import type { Progress } from "../../src/jobs/progress.ts";
import { redisQueue, type Transport } from "../../src/jobs/transport.ts";
import { openLog } from "../../src/log.ts";
import { freshHome } from "../helpers/bot.ts";
import { isRunning, until, workersOf } from "../helpers/processes.ts";
import { redisMissing, startRedis } from "../helpers/redis.ts";
import { testChild, testHostPath } from "../helpers/testChild.ts";
import { hashed, testJob } from "../helpers/testJobs.ts";

const log = openLog({ log: "silent" });
let home: string;
let checkpoints: CheckpointStore;
beforeEach(async () => {
  home = await freshHome();
  checkpoints = openCheckpoints(join(home, "blobs"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** The bot's side of a queue: it starts requests, and hears of their progress and their ends. */
const openBotSide = async (transport: Transport) => {
  const flows = await openFlows(transport, checkpoints);
  const results = new Map<string, FlowResult[]>();
  const reached = new Map<string, number>();
  flows.onProgress((request, { done }) => reached.set(request, done));
  await flows.onResult(async (request, result) => void results.set(request, [...(results.get(request) ?? []), result]));
  return {
    ...flows,
    toReach: (request: string, done: number) => until(`${request} to reach ${done}`, () => reached.get(request) === done, 60),
    resultOf: async (request: string) => (await until(`the result of ${request}`, () => results.get(request), 60))[0]?.end,
    results,
  };
};
const asker = { person: "mina", priority: 1 };
const job = { seed: "a seed", steps: 60, hangsBefore: 45 };
const begin = async (bot: Awaited<ReturnType<typeof openBotSide>>, request: string): Promise<void> => {
  await bot.start(request, testJob("hashChain", job), asker);
  await bot.toReach(request, 40);
};
/** The same as of a run that was never interrupted, from the step of the last checkpoint on. */
const resumed = { output: { hash: hashed(job.seed, job.steps), resumedAt: 40, pid: expect.any(Number) } };

describe("over the embedded queue, a job whose child is killed after a checkpoint", () => {
  let transport: Transport;
  let bot: Awaited<ReturnType<typeof openBotSide>>;
  beforeEach(async () => {
    const config = loadConfig({ ...process.env, PEERLAB_HOME: home });
    transport = await embeddedQueue(await PGlite.create(), log);
    bot = await openBotSide(transport);
    await startHost(transport, config, log, ["train"], testChild(home));
  });
  afterEach(() => transport.close(true));
  const onlyChild = () => until("the child", () => workersOf(process.pid)[0]);

  it("goes on from there in another child, and ends with the same result, to the bit", async () => {
    await begin(bot, "one");
    const child = await onlyChild();
    process.kill(child, "SIGKILL");
    const end = await bot.resultOf("one");
    expect(end).toEqual(resumed);
    expect(end).not.toMatchObject({ output: { pid: child } });
    expect(await checkpoints.jobs()).toEqual([]);
  }, 60_000);

  it("leaves none when it is cancelled, though it does not stop by itself", async () => {
    await begin(bot, "two");
    expect(await checkpoints.jobs()).toEqual(["two"]);
    const child = await onlyChild();
    await bot.cancel("two");
    expect(await bot.resultOf("two")).toMatchObject({ failure: expect.stringContaining("SIGALRM") });
    expect(isRunning(child)).toBe(false);
    expect(await checkpoints.jobs()).toEqual([]);
  }, 60_000);
});

describe("over the embedded queue, a job that reports thousands of times", () => {
  it("is heard of four times a second, and to the last report", async () => {
    const transport = await embeddedQueue(await PGlite.create(), log);
    const bot = await openBotSide(transport);
    const heard: Progress[] = [];
    bot.onProgress((_, progress) => heard.push(progress));
    await startHost(transport, loadConfig({ ...process.env, PEERLAB_HOME: home }), log, ["train"], testChild(home));
    await bot.start("five", testJob("chatter", { seconds: 2 }), asker);
    const end = await bot.resultOf("five");
    expect(end).toEqual({ output: { reports: expect.any(Number) } });
    const { reports } = (end as { output: { reports: number } }).output;
    expect(reports).toBeGreaterThan(1000);
    await until("the last report", () => heard.at(-1)?.note?.en === "the last");
    expect(heard.length).toBeGreaterThan(2);
    expect(heard.length).toBeLessThanOrEqual(2 + 2000 / 250);
    await transport.close(true);
  }, 60_000);
});

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
    const bot = await openBotSide(transport);
    const first = await startMachine("first");
    await begin(bot, "three");
    await first.kill();
    const second = await startMachine("second");
    expect(await bot.resultOf("three")).toEqual(resumed);
    expect(await bot.resultOf("three")).toMatchObject({ output: { pid: second.child() } });
    expect(bot.results.get("three")).toHaveLength(1);
    expect(await checkpoints.jobs()).toEqual([]);
    await second.kill();
  }, 120_000);

  it("checkpoints of a job that ends while no bot is there leave when the next one hears of it", async () => {
    const host = await startMachine("only");
    await begin(await openBotSide(transport), "four");
    await transport.close(true);
    process.kill(host.child() as number, "SIGKILL");
    transport = redisQueue(redis.url, log);
    await until("the job to end", async () => (await transport.queue("train").getJob("four"))?.isCompleted(), 60);
    expect(await checkpoints.jobs()).toEqual(["four"]);
    const next = await openBotSide(transport);
    expect(await next.resultOf("four")).toEqual(resumed);
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

describe("the store of checkpoints", () => {
  it("gives back the bytes that were saved last, and nothing of another job or name", async () => {
    const mine = checkpoints.of("job");
    await mine.save("state", Buffer.from("first"));
    await mine.save("state", Buffer.from("second"));
    expect((await mine.load("state"))?.toString()).toBe("second");
    expect(await mine.load("other")).toBeUndefined();
    expect(await checkpoints.of("another").load("state")).toBeUndefined();
  });

  it("takes what was damaged for nothing, rather than go on from it", async () => {
    const { writeFile, readFile } = await import("node:fs/promises");
    await checkpoints.of("job").save("state", Buffer.from("a state"));
    const path = join(home, "blobs/checkpoints/job/state");
    const bytes = await readFile(path);
    await writeFile(path, bytes.fill(0, bytes.length - 1));
    expect(await checkpoints.of("job").load("state")).toBeUndefined();
    await writeFile(path, "");
    expect(await checkpoints.of("job").load("state")).toBeUndefined();
  });

  it("refuses names that lead elsewhere", async () => {
    await expect(checkpoints.of("job").save("../../blob", Buffer.of(1))).rejects.toThrow(/name/);
    expect(() => checkpoints.remove("..")).toThrow(/name/);
    expect(() => checkpoints.remove("")).toThrow(/name/);
  });
});
