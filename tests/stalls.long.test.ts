/** Takes a minute or two: a host is killed five times, and each time the queue needs up to 10 s to notice. Once for each queue. */
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { Outcome } from "../src/chat/request.ts";
import { call } from "../src/chat/terminal/client.ts";
import type { Message } from "../src/chat/web/message.ts";
import { socketPath } from "../src/store/home.ts";
import { type Running, start, startWorker } from "./helpers/ask.ts";
import { freshHome } from "./helpers/bot.ts";
import { freePort, isRunning, until, workersOf } from "./helpers/processes.ts";

const KILLS = 5;
const user = { id: "mina", name: "Mina" };
const asUser = `user=${encodeURIComponent(JSON.stringify(user))}`;
const json = async <T>(...given: Parameters<typeof call>): Promise<T> => JSON.parse((await call(...given)).body.toString());

const send = async (home: string): Promise<string> => {
  const id = randomUUID();
  const input = "/arch net:resnet20";
  await call(socketPath(home), "POST", "/api/ask", { id, channel: "general", user, lang: "en", input, files: [] });
  return id;
};
const outcomeOf = (home: string, id: string) =>
  until(
    "the answer",
    async () => {
      const outcome = await json<Outcome>(socketPath(home), "GET", `/api/requests/${id}?wait=20&${asUser}`);
      return outcome.status === "waiting" ? undefined : outcome;
    },
    60,
  );
const answersTo = async (home: string, id: string) => {
  const { messages } = await json<{ messages: Message[] }>(socketPath(home), "GET", `/api/channels/general/messages?${asUser}`);
  return messages.filter((it) => it.replyTo === id).length;
};

/** Kills the host as soon as it works on the job, which is when a child of it is born, and starts another. */
const killAtWork = async (host: Running, again: () => Promise<Running>): Promise<Running> => {
  const child = await until("a child to be born for the job", () => workersOf(host.pid)[0], 60);
  process.kill(child, "SIGSTOP"); // so that it surely is in mid-job
  await host.kill("SIGKILL");
  if (isRunning(child)) process.kill(child, "SIGCONT"); // it was stopped before it could tie its life to its host's
  await until("the child to end with its host", () => !isRunning(child));
  return again();
};

describe(`a job whose host is killed ${KILLS} times in mid-job is answered once, with its result`, () => {
  it("over the embedded queue", async () => {
    const home = await freshHome();
    let peerlab = await start(home);
    const id = await send(home);
    for (let kill = 0; kill < KILLS; kill++) peerlab = await killAtWork(peerlab, () => start(home));
    const { status, reply } = await outcomeOf(home, id);
    expect([status, reply?.pictures?.length ?? reply?.text]).toEqual(["done", 1]);
    expect(await answersTo(home, id)).toBe(1);
    await peerlab.kill("SIGTERM");
    await rm(home, { recursive: true, force: true });
  }, 300_000);

  const redis = "/usr/bin/redis-server";
  const missing = existsSync(redis) ? "" : " (skipped: needs redis-server; sudo apt-get install redis-server)";
  it.skipIf(missing)(
    `over Redis${missing}`,
    async () => {
      const home = await freshHome();
      const port = await freePort();
      const server = spawn(redis, ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      await once(server.stdout, "data");
      const environment = { REDIS_URL: `redis://127.0.0.1:${port}` };
      const peerlab = await start(home, environment);
      let host = await startWorker(home, environment);
      const id = await send(home);
      for (let kill = 0; kill < KILLS; kill++) host = await killAtWork(host, () => startWorker(home, environment));
      const { status, reply } = await outcomeOf(home, id);
      expect([status, reply?.pictures?.length ?? reply?.text]).toEqual(["done", 1]);
      expect(await answersTo(home, id)).toBe(1);
      await host.kill("SIGTERM");
      await peerlab.kill("SIGTERM");
      server.kill();
      await once(server, "exit");
      await rm(home, { recursive: true, force: true });
    },
    300_000,
  );
});
