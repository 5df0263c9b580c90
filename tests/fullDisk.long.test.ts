// Long, some 30 s: real file systems are filled, and a disk has to be seen to be full for a while.
import { randomUUID } from "node:crypto";
import { statSync } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { keepOpen } from "../src/app/reopen.ts";
import type { Outcome } from "../src/chat/request.ts";
import { call } from "../src/chat/terminal/client.ts";
import type { Message } from "../src/chat/web/message.ts";
import { loadConfig } from "../src/config.ts";
import { openLog } from "../src/log.ts";
import { watchSpace } from "../src/space.ts";
import { openDatabase } from "../src/store/database.ts";
import { socketPath } from "../src/store/home.ts";
import { ask, start } from "./helpers/ask.ts";
import { mountSmall, noSmallDisks } from "./helpers/disks.ts";
import { until, workersOf } from "./helpers/processes.ts";

const user = { id: "mina", name: "Mina" };
const asUser = `user=${encodeURIComponent(JSON.stringify(user))}`;

describe.skipIf(noSmallDisks)(`a full disk${noSmallDisks}`, () => {
  let disk: ReturnType<typeof mountSmall>;
  beforeEach(() => {
    disk = mountSmall(96);
  });
  afterEach(() => disk.unmount());

  it("refuses what is new with a sentence, keeps what is queued, stays quiet, and recovers by itself", async () => {
    const home = join(disk.path, "home");
    const peerlab = await start(home, { PEERLAB_MIN_FREE_MB: "10", PEERLAB_IMAGE_CHILDREN: "1" });
    let logged = 0;
    for (const stream of [peerlab.process.stdout, peerlab.process.stderr]) stream?.on("data", (part) => (logged += part.length));
    const send = async (input: string, lang = "en") => {
      const id = randomUUID();
      const answer = await call(socketPath(home), "POST", `/api/ask?lang=${lang}`, { id, channel: "general", user, lang, input });
      return { id, status: answer.status, said: JSON.parse(answer.body.toString()).error as string };
    };
    const outcome = async (id: string, seconds: number): Promise<Outcome> =>
      JSON.parse((await call(socketPath(home), "GET", `/api/requests/${id}?wait=${seconds}&${asUser}`)).body.toString());
    const health = async () => {
      const { status, body } = await call(socketPath(home), "GET", "/healthz");
      return [status, JSON.parse(body.toString())];
    };
    const well = { ok: true, database: "ok", queue: "ok", disk: "ok" };
    expect(await health()).toEqual([200, well]);

    // Stopped in their tracks, so that the disk is surely full while jobs run and wait.
    await outcome((await send("/arch net:resnet20")).id, 25);
    const children = workersOf(peerlab.pid);
    for (const child of children) process.kill(child, "SIGSTOP");
    const queued = await Promise.all(Array.from({ length: 12 }, () => send("/arch net:resnet20")));
    const empty = disk.fill();
    for (const child of children) process.kill(child, "SIGCONT");

    const began = performance.now();
    let slowestMs = 0;
    await until("some seconds on a full disk", async () => {
      const asked = performance.now();
      expect(await health()).toEqual([503, { ...well, ok: false, disk: "full" }]);
      slowestMs = Math.max(slowestMs, performance.now() - asked);
      return performance.now() - began > 5000;
    });
    expect(slowestMs).toBeLessThan(2000);
    const refused = await send("/help");
    expect(refused).toMatchObject({ status: 507, said: expect.stringMatching(/^The disk is nearly full: 0 MB are free/) });
    expect((await send("/help", "ko")).said).toMatch(/^디스크가 거의 찼어요/);
    expect(await ask(home, "/help")).toMatchObject({
      code: 1,
      answer: { text: expect.stringMatching(/^The disk is nearly full/) },
    });
    expect(logged).toBeLessThan(50_000);

    empty();
    const ends = await Promise.all(queued.map(({ id }) => outcome(id, 60)));
    expect(ends.map((it) => it.status)).toEqual(queued.map(() => "done"));
    const history = await call(socketPath(home), "GET", `/api/channels/general/messages?${asUser}`);
    const { messages } = JSON.parse(history.body.toString()) as { messages: Message[] };
    for (const { id } of queued) expect(messages.filter((it) => it.replyTo === id)).toHaveLength(1);
    expect(await health()).toEqual([200, well]);
    expect(await outcome((await send("/help")).id, 10)).toMatchObject({ status: "done" });
    await peerlab.kill("SIGTERM");
  }, 120_000);

  it("waits for room when it starts without, opens when there is some, and a lone `ask` says so", async () => {
    const home = join(disk.path, "home");
    const empty = disk.fill();
    const settings = { PEERLAB_MIN_FREE_MB: "10" };
    expect(await ask(home, "/help")).toMatchObject({
      code: 1,
      answer: { text: expect.stringMatching(/the disk is full|disk is nearly full/) },
    });
    // So full that not even a folder for it can be made is a sentence and the end; this is a little less full.
    empty();
    const nearly = mountSmall(60);
    onTestFinished(nearly.unmount);
    const peerlab = await start(join(nearly.path, "home"), settings);
    const path = socketPath(join(nearly.path, "home"));
    const { status, body } = await call(path, "GET", "/healthz");
    expect([status, JSON.parse(body.toString())]).toEqual([503, { ok: false, database: "closed", queue: "closed", disk: "ok" }]);
    const asked = await call(path, "GET", `/api/channels?${asUser}`);
    expect([asked.status, JSON.parse(asked.body.toString()).code]).toEqual([503, "resting"]);
    nearly.resize(200);
    // Whoever asks while it opens may be hung up on.
    const health = () =>
      call(path, "GET", "/healthz").then(
        (it) => it.status,
        () => 0,
      );
    await until("the bot to be open", async () => (await health()) === 200, 30);
    await peerlab.kill();
  }, 60_000);

  it("is no reason to compute for ever, and nothing that was committed is lost", async () => {
    let ended = 0;
    const { engine, close } = await openDatabase(join(disk.path, "database"), () => {
      ended++;
    });
    await engine.query("insert into peerlab.channels (id, name) values ('a', 'a')");
    const empty = disk.fill();
    // Into the journal only, which needs a new file of 16 MB before long. That ends a PostgreSQL.
    const write = () => engine.query("select pg_logical_emit_message(true, 'a', repeat(chr(120), 500000))");
    await expect(Promise.all(Array.from({ length: 40 }, write))).rejects.toThrow();
    expect(ended).toBe(1);
    await expect(engine.query("select 1")).rejects.toThrow("The database has ended");
    await close();
    empty();
    const again = await openDatabase(join(disk.path, "database"));
    expect((await again.engine.query("select id from peerlab.channels")).rows).toEqual([{ id: "a" }]);
    await again.close();
  }, 60_000);
});

it("a bot whose database ended is closed, and opened again by itself with all that was accepted", async () => {
  const home = await mkdtemp(join(tmpdir(), "peerlab-ended-"));
  const config = loadConfig({ PEERLAB_HOME: home, PEERLAB_LOG: "silent", PEERLAB_MIN_FREE_MB: "1" });
  const log = openLog(config);
  const space = watchSpace(config);
  let closed = 0;
  const onClosed = () => void closed++;
  const kept = await keepOpen({ config, log, space, onClosed }, true);
  const say = (text: string) =>
    kept.now()?.adapters.web.say({ id: randomUUID(), channel: "general", user, text, files: [] }) ??
    Promise.reject(new Error("closed"));
  await say("kept");

  // The journal cannot get its next file, as on a full disk.
  const journal = join(home, "database", "pg_wal");
  await rename(journal, `${journal}.away`);
  const noise = () => Array.from({ length: 30_000 }, () => randomUUID()).join("");
  await expect(
    (async () => {
      for (let at = 0; at < 100; at++) await say(noise());
    })(),
  ).rejects.toThrow();
  await until("it to be closed", () => kept.now() === undefined);
  await rename(`${journal}.away`, journal);
  await until("it to be open again", () => kept.now(), 60);
  expect(closed).toBe(1);
  const lines = await kept.now()?.adapters.web.history("general", user);
  expect(lines?.[0]?.text).toBe("kept");
  await say("and on it goes");
  await kept.close();
  space.close();
  expect(statSync(journal).isDirectory()).toBe(true);
  await rm(home, { recursive: true, force: true });
}, 120_000);
