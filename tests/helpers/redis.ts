import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { freePort, until } from "./processes.ts";

const server = "/usr/bin/redis-server";

/** Added to the title of a test that needs Redis where there is none; empty where there is. */
export const redisMissing = existsSync(server) ? "" : " (skipped: needs redis-server; sudo apt-get install redis-server)";

/** A Redis of this test alone, in memory. */
export const startRedis = async (): Promise<{ url: string; stop(): Promise<void> }> => {
  const port = await freePort();
  const redis = spawn(server, ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await until("redis", async () => {
    for await (const part of redis.stdout) if (String(part).includes("Ready to accept connections")) return true;
    throw new Error("Redis ended before it was ready");
  });
  redis.stdout.resume();
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      const gone = once(redis, "exit");
      redis.kill();
      await gone;
    },
  };
};
