import { existsSync, mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { program, type Supervised, supervise } from "../supervisor.ts";

const REDIS = "/usr/bin/redis-server";

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? (address?.port ?? 0) : 0));
    });
  });

/** Peerlab on a folder, with a durable Redis and a worker host of its own, or without either. */
export const startAll = async (
  home: string,
  overRedis: boolean,
): Promise<Partial<Record<"main" | "host" | "redis", Supervised>>> => {
  const quiet = { PEERLAB_LOG: "error" };
  const web = ["--data", home, "--port", "0"];
  if (!overRedis) return { main: supervise(...program("main", ...web), quiet) };
  if (!existsSync(REDIS)) throw new Error(`Needs ${REDIS}: sudo apt-get install redis-server`);
  const port = await freePort();
  const dir = join(home, "redis");
  mkdirSync(dir);
  const durable = ["--appendonly", "yes", "--appendfsync", "always", "--save", "", "--maxmemory-policy", "noeviction"];
  const redis = supervise(REDIS, ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", dir, ...durable]);
  const environment = { ...quiet, REDIS_URL: `redis://127.0.0.1:${port}` };
  return {
    redis,
    main: supervise(...program("main", ...web), environment),
    host: supervise(...program("worker", "--data", home), environment),
  };
};
