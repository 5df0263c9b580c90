import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Outcome } from "../src/chat/request.ts";
import { call } from "../src/chat/terminal/client.ts";
import type { Message } from "../src/chat/web/message.ts";
import type { FileRef } from "../src/files.ts";
import { socketPath } from "../src/store/home.ts";
import { ask, start, startWorker } from "./helpers/ask.ts";
import { freshHome } from "./helpers/bot.ts";
import { landscape } from "./helpers/pictures.ts";
import { freePort, until, workersOf } from "./helpers/processes.ts";

const user = { id: "mina", name: "Mina" };
const asUser = `user=${encodeURIComponent(JSON.stringify(user))}`;
let home: string;
beforeEach(async () => {
  home = await freshHome();
});
afterEach(() => rm(home, { recursive: true, force: true }));

const json = async <T>(...given: Parameters<typeof call>): Promise<T> => JSON.parse((await call(...given)).body.toString());

const upload = async (): Promise<FileRef> => {
  const form = new FormData();
  form.append("files", new Blob([Uint8Array.from(await landscape())]), "hills.jpg");
  const { files } = await json<{ files: [FileRef] }>(socketPath(home), "POST", `/api/upload?${asUser}`, form);
  return files[0];
};
const send = async (input: string, files: FileRef[]): Promise<string> => {
  const id = randomUUID();
  await call(socketPath(home), "POST", "/api/ask", { id, channel: "general", user, lang: "en", input, files });
  return id;
};
const outcome = (id: string, seconds: number) =>
  json<Outcome>(socketPath(home), "GET", `/api/requests/${id}?wait=${seconds}&${asUser}`);
const answersTo = async (id: string) => {
  const { messages } = await json<{ messages: Message[] }>(socketPath(home), "GET", `/api/channels/general/messages?${asUser}`);
  return messages.filter((it) => it.replyTo === id);
};
const active = async () => {
  const id = await send("/status", []);
  const { reply } = await outcome(id, 20);
  return (reply?.data as { queues: { images: { active: number } } }).queues.images.active;
};
/** Stops the worker children in their tracks, so that what is asked now is surely in mid-job when the axe falls; they fall with it. */
const freeze = (pid: number): void => {
  for (const child of workersOf(pid)) process.kill(child, "SIGSTOP");
};

describe("SIGKILL of `npm start` itself between request and answer", () => {
  it("answers exactly once after the restart", async () => {
    let peerlab = await start(home);
    const photo = await upload();
    await outcome(await send("/augment flip", [photo]), 20);
    freeze(peerlab.pid);
    const id = await send("/augment rotate seed:11", [photo]);
    await until("the job to run", async () => (await active()) === 1);
    await peerlab.kill("SIGKILL");

    peerlab = await start(home);
    expect(await outcome(id, 25)).toMatchObject({ status: "done", seed: 11 });
    const answers = await answersTo(id);
    expect(answers).toHaveLength(1);
    expect(answers[0]?.pictures).toHaveLength(1);
    await peerlab.kill("SIGTERM");
  });

  it("changes the message whose button was pressed before it, in place", async () => {
    let peerlab = await start(home);
    const id = await send("/augment rotate seed:11", [await upload()]);
    await outcome(id, 20);
    freeze(peerlab.pid);
    const press = { id: randomUUID(), message: `${id}.answer`, button: 0, user, lang: "en" };
    await call(socketPath(home), "POST", "/api/press", press);
    const [before] = await answersTo(id);
    expect(before).toMatchObject({ delivery: id, changing: { request: press.id, userId: user.id } });
    await peerlab.kill("SIGKILL");

    peerlab = await start(home);
    expect(await outcome(press.id, 25)).toMatchObject({ status: "done" });
    const changed = async () => (await answersTo(id)).filter((it) => it.delivery === press.id);
    const [after] = await until("the message to change", async () => ((await changed()).length > 0 ? changed() : undefined));
    expect(after?.id).toBe(before?.id);
    expect(after?.changing).toBeUndefined();
    expect(after?.text).not.toBe(before?.text);
    expect(await answersTo(id)).toHaveLength(1);
    await peerlab.kill("SIGTERM");
  });

  it("leaves an `ask` that was waiting with its answer, by taking over", async () => {
    const peerlab = await start(home);
    const photo = await upload();
    await outcome(await send("/augment flip", [photo]), 20);
    freeze(peerlab.pid);
    const file = join(home, "hills.jpg");
    await writeFile(file, await landscape());
    let ended = false;
    const waiting = ask(home, "/augment rotate seed:11", "--image", file).finally(() => {
      ended = true;
    });
    await until("the job to run", async () => (await active()) === 1);
    expect(ended).toBe(false);
    await peerlab.kill("SIGKILL");

    const { code, answer } = await waiting;
    expect([code, answer.ok, answer.seed]).toEqual([0, true, 11]);
    expect(answer.files.map(({ path }) => existsSync(path))).toEqual([true]);
  });
});

const redisMissing = existsSync("/usr/bin/redis-server")
  ? ""
  : " (skipped: needs redis-server; sudo apt-get install redis-server)";
describe.skipIf(redisMissing)(`SIGKILL of a whole worker host on its own${redisMissing}`, () => {
  it("lets another host do the work, and the asker is answered exactly once", async () => {
    const port = await freePort();
    const redis = spawn(
      "/usr/bin/redis-server",
      ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    await until("redis", async () => {
      for await (const part of redis.stdout) if (String(part).includes("Ready to accept connections")) return true;
    });
    const environment = { REDIS_URL: `redis://127.0.0.1:${port}` };
    const peerlab = await start(home, environment);
    let host = await startWorker(home, environment);
    const photo = await upload();
    expect(await outcome(await send("/augment flip", [photo]), 20)).toMatchObject({ status: "done" });

    freeze(host.pid);
    const id = await send("/augment rotate", [photo]);
    await until("the job to run", async () => (await active()) === 1);
    await host.kill("SIGKILL");
    host = await startWorker(home, environment);
    expect(await outcome(id, 25)).toMatchObject({ status: "done" });
    expect(await answersTo(id)).toHaveLength(1);

    await host.kill("SIGTERM");
    await peerlab.kill("SIGTERM");
    redis.kill();
    await once(redis, "exit");
  }, 90_000);
});
