import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { webApp } from "../src/chat/web/app.ts";
import { openHealth } from "../src/health.ts";
import { redisQueue } from "../src/jobs/transport.ts";
import { openLog } from "../src/log.ts";
import { watchSpace } from "../src/space.ts";
import { openDatabase } from "../src/store/database.ts";
import { freshHome } from "./helpers/bot.ts";
import { mountSmall, noSmallDisks } from "./helpers/disks.ts";
import { until } from "./helpers/processes.ts";

const log = openLog({ log: "silent" });
const ok = async () => "ok";
const well = { ok: true, database: "ok", queue: "ok", disk: "ok" };

/** What a monitor sees, which has no token, and after how long. */
const look = async (health: ReturnType<typeof openHealth>) => {
  const began = performance.now();
  const app = webApp(undefined, { maxImageMb: 1, log, health, token: "a-token-of-sufficient-length" });
  const answer = await app.request("http://127.0.0.1:3000/healthz");
  return { status: answer.status, said: await answer.json(), tookMs: performance.now() - began };
};

it("says which part is not well: the database", async () => {
  const home = await freshHome();
  onTestFinished(() => rm(home, { recursive: true }));
  const { engine } = await openDatabase(join(home, "database"));
  const database = async () => {
    await engine.query("select 1");
    return "ok";
  };
  const health = openHealth({ database, queue: ok, disk: ok });
  expect(await look(health)).toMatchObject({ status: 200, said: well });
  await engine.close();
  expect(await look(health)).toMatchObject({ status: 503, said: { ...well, ok: false, database: "fails" } });
});

it("answers within 2 s when every part hangs, and asks a part that hangs only once", async () => {
  let asked = 0;
  const hang = () => {
    asked++;
    return new Promise<string>(() => {});
  };
  const health = openHealth({ database: hang, queue: hang, disk: hang });
  const looks = await Promise.all(Array.from({ length: 20 }, () => look(health)));
  for (const { status, said, tookMs } of looks) {
    expect([status, said]).toEqual([503, { ok: false, database: "no answer", queue: "no answer", disk: "no answer" }]);
    expect(tookMs).toBeLessThan(2000);
  }
  await look(health);
  expect(asked).toBe(3);
});

describe.skipIf(noSmallDisks)(`the disk${noSmallDisks}`, () => {
  it("is full, and is not any more", async () => {
    const disk = mountSmall(8);
    onTestFinished(disk.unmount);
    const space = watchSpace({ home: disk.path, minFreeMb: 2 });
    const health = openHealth({ database: ok, queue: ok, disk: space.state });
    expect(await look(health)).toMatchObject({ status: 200, said: well });
    const empty = disk.fill();
    expect(await look(health)).toMatchObject({ status: 503, said: { ...well, ok: false, disk: "full" } });
    empty();
    expect(await look(health)).toMatchObject({ status: 200, said: well });
    space.close();
  });

  it("is read-only, or gone", async () => {
    const disk = mountSmall(8, "ro");
    onTestFinished(disk.unmount);
    const look2 = (home: string) => {
      const space = watchSpace({ home, minFreeMb: 2 });
      space.close();
      return look(openHealth({ database: ok, queue: ok, disk: space.state }));
    };
    const bad = { status: 503, said: { ...well, ok: false, disk: "not writable" } };
    expect(await look2(disk.path)).toMatchObject(bad);
    expect(await look2(join(disk.path, "nowhere"))).toMatchObject(bad);
  });
});

const REDIS = "/usr/bin/redis-server";
const redisMissing = existsSync(REDIS) ? "" : " (skipped: needs redis-server; sudo apt-get install redis-server)";
describe.skipIf(redisMissing)(`the queue over Redis${redisMissing}`, () => {
  let port: number;
  let home: string;
  let redis: ChildProcess;
  const startRedis = async () => {
    redis = spawn(REDIS, ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", home], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    for await (const part of redis.stdout as NonNullable<typeof redis.stdout>)
      if (String(part).includes("Ready to accept")) return;
  };
  beforeAll(async () => {
    home = await freshHome();
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    ({ port } = server.address() as { port: number });
    await new Promise((resolve) => server.close(resolve));
  });
  afterAll(async () => {
    redis.kill("SIGKILL");
    await rm(home, { recursive: true, force: true });
  });

  it("does not answer while Redis is stopped or killed, and does again afterwards", async () => {
    await startRedis();
    const transport = redisQueue(`redis://127.0.0.1:${port}`, log);
    const queue = async () => {
      await transport.queue("images").isPaused();
      return "ok";
    };
    const health = openHealth({ database: ok, queue, disk: ok });
    const isWell = async () => (await look(health)).status === 200;
    const isIll = async () => {
      const { status, said, tookMs } = await look(health);
      expect([status, said]).toEqual([503, { ...well, ok: false, queue: "no answer" }]);
      expect(tookMs).toBeLessThan(2000);
    };
    await until("redis to answer", isWell);
    redis.kill("SIGSTOP");
    await isIll();
    redis.kill("SIGCONT");
    await until("redis to answer again", isWell);
    redis.kill("SIGKILL");
    await once(redis, "exit");
    await isIll();
    await startRedis();
    await until("redis to be found again", isWell, 40);
    await transport.close();
  }, 90_000);
});
