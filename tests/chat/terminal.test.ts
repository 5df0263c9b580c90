import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Unreachable } from "../../src/chat/terminal/client.ts";
import { type Answered, converse, type Question, Refused } from "../../src/chat/terminal/conversation.ts";
import { readNamed, writeFiles } from "../../src/chat/terminal/files.ts";
import { exitCodeOf, toJson, toText } from "../../src/chat/terminal/print.ts";
import { type ExamBot, openExamBot } from "../helpers/adapters/bot.ts";
import { mina } from "../helpers/bot.ts";

describe("a conversation over the socket", () => {
  let bot: ExamBot;
  beforeAll(async () => {
    bot = await openExamBot();
  });
  afterAll(async () => {
    await bot.close();
    await rm(bot.home, { recursive: true, force: true });
  });
  const ask = (input: string, more: Partial<Question> = {}) =>
    converse(bot.socket, { id: randomUUID(), user: mina, lang: "en", input, files: [], ...more });
  const press = (of: Answered, button: number) => ask("", { replyTo: of.outcome.id, press: button });

  it("says that it is accepted before it says how it ended", async () => {
    const events: string[] = [];
    const question = { id: randomUUID(), user: mina, lang: "en", input: "/count n:2", files: [] } as const;
    const { outcome, ackMs, totalMs } = await converse(bot.socket, question, (event) => events.push(event.type));
    expect(events).toEqual(["accepted", "ended"]);
    expect(outcome).toMatchObject({ id: question.id, status: "done", reply: { text: "count 2" } });
    expect(ackMs).toBeGreaterThan(0);
    expect(totalMs).toBeGreaterThanOrEqual(ackMs);
  });

  it("answers every press of a button below, since what is printed stays", async () => {
    const answer = await ask("/count n:5");
    const texts = [await press(answer, 0), await press(answer, 0)].map(({ outcome }) => outcome.reply?.text);
    expect(texts).toEqual(["count 6", "count 6"]);
  });

  it("writes nothing into the web chat's history", async () => {
    await ask("/count n:7");
    for (const channel of ["general", "terminal"]) expect(await bot.adapters.web.history(channel, mina)).toEqual([]);
  });

  it("is refused with the sentence of what cannot be taken at all", async () => {
    await expect(ask(`/count ${"x".repeat(9000)}`)).rejects.toThrow(Refused);
    await expect(ask("", { replyTo: randomUUID(), press: 0, lang: "ko" })).rejects.toThrow(/더 이상 없어요/);
  });

  it("can be begun again where nobody is", async () => {
    const nowhere = join(bot.home, "no.sock");
    await expect(converse(nowhere, { id: randomUUID(), user: mina, lang: "en", input: "/help", files: [] })).rejects.toThrow(
      Unreachable,
    );
  });

  it("has a post that nobody could read given up for good, and the next answers come all the same", async () => {
    const place = { adapter: "terminal", group: "local", channel: "terminal" } as const;
    await bot.bot.outbox.post(randomUUID(), place, { text: "a recap" });
    expect((await ask("/count n:8")).outcome.status).toBe("done");
    await bot.bot.idle();
    expect(bot.logged.filter((line) => line.includes("Nobody is at the terminal"))).toHaveLength(1);
  });
});

describe("files", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "peerlab-files-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("of an answer are written under their names, and two of one name both stay", async () => {
    const blobs = { get: async (blob: string) => Buffer.from(blob) };
    const file = (blob: string, name: string) => ({ blob, name, type: "text/plain", bytes: blob.length });
    const written = await writeFiles(blobs, [file("one", "a.txt"), file("second", "a.txt"), file("up", "../b.txt")], folder);
    expect(written.map(({ path, bytes }) => [path, bytes])).toEqual([
      [join(folder, "a.txt"), 3],
      [join(folder, "2-a.txt"), 6],
      [join(folder, "b.txt"), 2],
    ]);
    expect(await Promise.all(written.map(({ path }) => readFile(path, "utf8")))).toEqual(["one", "second", "up"]);
  });

  it("that are named are read, or a sentence says why not", async () => {
    await writeFile(join(folder, "cat.jpg"), "meow");
    expect(await (await readNamed(join(folder, "cat.jpg"))).text()).toBe("meow");
    await expect(readNamed(join(folder, "dog.jpg"))).rejects.toThrow(/dog\.jpg": there is no such file/);
  });
});

describe("what is printed", () => {
  const answered: Answered = {
    outcome: {
      id: "r1",
      command: "count",
      status: "done",
      seed: 7,
      reply: { text: "**two** boxes", buttons: [{ label: "More", command: "count", args: {} }], data: { n: 2 } },
      ms: { ack: 1, total: 2 },
    },
    ackMs: 3.4,
    totalMs: 5.6,
  };
  const files = [{ name: "a.png", path: "/out/a.png", bytes: 9 }];

  it("for people is the answer, where its files are, and how to press its buttons", () => {
    expect(toText(answered, files, false)).toBe("two boxes\n/out/a.png\n[More] --reply r1 --press 1");
  });

  it("for programs is one line of JSON", () => {
    expect(JSON.parse(toJson(answered, files))).toEqual({
      ...{
        ok: true,
        text: "**two** boxes",
        files,
        buttons: ["More"],
        data: { n: 2 },
        ms: { ack: 3, total: 6 },
        seed: 7,
        id: "r1",
      },
    });
  });

  it("ends with 0 for an answer, 1 for a mistake or a cancelled request, 2 for a failure of ours", () => {
    expect((["done", "mistake", "cancelled", "failed"] as const).map(exitCodeOf)).toEqual([0, 1, 1, 2]);
  });
});
