import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { queueNames, queueSpec } from "../src/jobs/queues.ts";
import { freshHome } from "./helpers/bot.ts";
import { until } from "./helpers/processes.ts";
import { redisMissing, startRedis } from "./helpers/redis.ts";

let home: string;
beforeEach(async () => {
  home = await freshHome();
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** `npm run worker` with some options; what it says while it runs, and its end. */
const run = (options: readonly string[], environment: Record<string, string>) => {
  const script = join(import.meta.dirname, "../scripts/run.mjs");
  const env = { ...process.env, PEERLAB_LOG: "info", PEERLAB_HOME: home, ...environment };
  const worker = spawn(process.execPath, [script, "worker", ...options], { env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [worker.stdout, worker.stderr])
    stream.on("data", (part) => {
      said += part;
    });
  const ended = new Promise<number | null>((resolve) => worker.once("close", resolve));
  return { worker, ended, said: () => said };
};

describe.skipIf(redisMissing)(`npm run worker, with a Redis${redisMissing}`, () => {
  it("serves queues under the names that they had before, and says once what they are called now", async () => {
    const redis = await startRedis();
    const half = join(home, "scratch", "a-download.part");
    mkdirSync(join(home, "scratch"));
    writeFileSync(half, "half of it");
    const { worker, ended, said } = run(["--queues", "studio,classify,fetch"], { REDIS_URL: redis.url });
    await until("it to be ready", () => said().includes("worker host ready"), 60);
    const lines = said()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { msg: string; queues?: string[] });
    expect(lines.map((it) => it.msg).filter((it) => it.includes("is called"))).toEqual([
      "the queue studio is called images now",
      "the queue classify is called infer now",
    ]);
    expect(lines.find((it) => it.msg === "worker host ready")?.queues).toEqual(["images", "infer", "fetch"]);
    expect(await readFile(half, "utf8")).toBe("half of it"); // a start does not throw away what a download has got
    worker.kill("SIGTERM");
    expect(await ended).toBe(0);
    await redis.stop();
  }, 90_000);
});

describe("npm run worker", () => {
  it("names the queues there are when it is told to serve another", async () => {
    const { ended, said } = run(["--queues", "images,studios"], {});
    expect(await ended).toBe(2);
    expect(said()).toContain(`--queues: expected some of ${queueNames.join(", ")}, got studios`);
  });

  it("serves the queues that docs/operations.md has a line for, with that niceness", async () => {
    const page = await readFile(join(import.meta.dirname, "../docs/operations.md"), "utf8");
    const rows = [...page.matchAll(/^\| `([a-z]+)` \| .* \| (\d+) \|$/gm)].map(([, name, nice]) => [name, Number(nice)]);
    expect(rows).toEqual(queueNames.map((name) => [name, queueSpec(name).niceness]));
  });

  it("says that it needs a Redis when it is told of none", async () => {
    const { ended, said } = run([], { REDIS_URL: "" });
    expect(await ended).toBe(2);
    expect(said()).toContain("REDIS_URL: needed here");
  });
});
