import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ChannelEvent } from "../src/chat/web/message.ts";
import type { FileRef } from "../src/files.ts";
import { localViewer, mina, openTestBot, type TestBot } from "./helpers/bot.ts";
import { colourModel, colours, crashingModel, plainly } from "./helpers/onnxModels.ts";
import { landscape } from "./helpers/pictures.ts";
import { until, workersOf } from "./helpers/processes.ts";

let lab: TestBot;
let photo: FileRef;
beforeAll(async () => {
  lab = await openTestBot();
  photo = await lab.bot.upload(mina, await landscape(), "hills.jpg");
});
afterAll(() => lab.erase());

/** How often each request was answered, by what the channel heard. */
const countAnswers = () => {
  const answers = new Map<string, number>();
  lab.web.listen((_, event: ChannelEvent) => {
    if (event.type !== "changed" || event.message.request?.status === "waiting") return;
    const id = event.message.request?.id ?? "";
    answers.set(id, (answers.get(id) ?? 0) + 1);
  });
  return answers;
};

describe("a request", () => {
  it("is answered with a picture, by a worker child", async () => {
    expect(workersOf(process.pid)).toEqual([]);
    const { status, reply } = await lab.ask("/augment op:rotate n:4 seed:7", [photo]);
    expect(status).toBe("done");
    expect(reply?.text).toContain("7");
    expect(reply?.pictures).toHaveLength(1);
    expect((await lab.read(reply?.pictures?.[0]?.blob ?? "")).length).toBe(reply?.pictures?.[0]?.bytes);
    expect(workersOf(process.pid)).not.toEqual([]);
  });

  it("with the same seed gives the same bytes", async () => {
    const [a, b] = [await lab.ask("/augment noise seed:5", [photo]), await lab.ask("/augment noise seed:5", [photo])];
    expect(a.reply?.pictures?.[0]?.blob).toBe(b.reply?.pictures?.[0]?.blob);
    expect((await lab.ask("/augment noise seed:6", [photo])).reply?.pictures?.[0]?.blob).not.toBe(a.reply?.pictures?.[0]?.blob);
  });

  it("works in Korean, by Korean names", async () => {
    const { status, reply } = await lab.ask("/증강 회전 시드:7", [photo], { lang: "ko" });
    expect(status).toBe("done");
    expect(reply?.text).toContain("회전");
  });

  it("sent twice is asked once", async () => {
    const answers = countAnswers();
    const id = await lab.send("/augment flip", [photo]);
    await lab.web.ask({ id, channel: "general", user: mina, lang: "en", input: "/augment flip", files: [photo] });
    await lab.answerTo(id);
    const lines = (await lab.web.history("general", mina)).filter((it) => it.id === id);
    expect(lines).toHaveLength(1);
    await lab.bot.idle(); // the answer is there before it is shown
    expect(answers.get(id)).toBe(1);
  });

  it("about the picture of a message that it replies to needs no upload", async () => {
    const first = await lab.send("/augment flip", [photo]);
    await lab.answerTo(first);
    expect((await lab.ask("/augment blur", [], { replyTo: `${first}.answer` })).status).toBe("done");
  });

  it("with a button goes on from there", async () => {
    const id = await lab.send("/augment rotate strength:0.5 seed:3", [photo]);
    const { reply } = await lab.answerTo(id);
    const shuffle = reply?.buttons?.findIndex((it) => it.label.includes("Shuffle")) ?? -1;
    const press = crypto.randomUUID();
    await lab.web.press({ id: press, message: `${id}.answer`, button: shuffle, user: mina, lang: "en" });
    const again = await lab.answerTo(press);
    expect(again.status).toBe("done");
    expect(again.seed).not.toBe(3);
    expect(again.reply?.data).toMatchObject({ op: "rotate", strength: 0.5, seed: again.seed });
  });
});

describe("a mistake gets one sentence, says what to do, and breaks nothing", () => {
  it.each([
    ["/nothing", 0, /no command "\/nothing".*\/augment/s],
    ["hello", 0, /no command/],
    ["/augment", 0, /attach a picture/],
    ["/augment op:sparkle", 1, /There is no op "sparkle".*rotate/s],
    ["/augment strength:9", 1, /from 0 to 1.*"9"/],
    ["/augment n:many", 1, /from 1 to 24.*"many"/],
    ["/augment n:2.5", 1, /"2.5"/],
    ["/augment colour:red", 1, /no option "colour".*strength/s],
    ["/augment", 2, /one file, and you sent 2/],
    ["/help", 1, /no file, and you sent 1/],
  ])("%s with %i pictures", async (input, pictures, sentence) => {
    const { status, reply } = await lab.ask(input, Array<FileRef>(pictures).fill(photo));
    expect(status).toBe("mistake");
    expect(reply?.text).toMatch(sentence);
  });
});

const untilRunning = () =>
  until("the job to be running", async () => {
    const { data } = (await lab.ask("/status")).reply as { data: { queues: Record<string, { active: number }> } };
    return data.queues["images"]?.active === 1;
  });

describe("whatever happens to a worker child, the asker gets one answer", () => {
  it.each([
    ["SIGKILL", "from outside"],
    ["SIGUSR2", "by its own watchdog at its limit of memory, of which earlier jobs may have had most"],
  ] as const)("killed in mid-job by %s (%s), the work is done by another", async (signal, _) => {
    const answers = countAnswers();
    await lab.ask("/augment flip", [photo]);
    const frozen = workersOf(process.pid);
    for (const pid of frozen) process.kill(pid, "SIGSTOP");
    const id = await lab.send("/augment rotate", [photo]);
    await untilRunning();
    for (const pid of frozen) process.kill(pid, signal);
    for (const pid of frozen) process.kill(pid, "SIGCONT");
    expect((await lab.answerTo(id)).status).toBe("done");
    await lab.bot.idle(); // the answer is there before it is shown
    expect(answers.get(id)).toBe(1);
  });

  it.each([
    ["SIGXCPU", "its own watchdog at its limit of processor time", "mistake", /used more than 30 s of processor time/],
    [
      "SIGALRM",
      "its own watchdog when it waited too long",
      "mistake",
      /waited longer than 900 s.*nothing is wrong with what you sent/,
    ],
    ["SIGSEGV", "a crash in native code", "failed", /crashed, and it is logged as [0-9a-f]{8}/],
  ] as const)("ended by %s (%s), the peer is told, it is not tried again, and the next job works", async (signal, _, status, sentence) => {
    const answers = countAnswers();
    await lab.ask("/augment flip", [photo]);
    const frozen = workersOf(process.pid);
    for (const pid of frozen) process.kill(pid, "SIGSTOP");
    const id = await lab.send("/augment rotate", [photo]);
    await untilRunning();
    for (const pid of frozen) process.kill(pid, signal);
    for (const pid of frozen) process.kill(pid, "SIGCONT");
    const answer = await lab.answerTo(id);
    expect(answer.status).toBe(status);
    expect(answer.reply?.text).toMatch(sentence);
    await lab.bot.idle();
    expect(answers.get(id)).toBe(1);
    expect((await lab.ask("/augment flip", [photo])).status).toBe("done");
  });

  it.skipIf(process.arch !== "x64")(
    "an .onnx that crashes the runtime takes only its child along (one that only x86 refuses)",
    async () => {
      const add = (name: string, bytes: Uint8Array) =>
        lab.bot
          .upload(mina, bytes, `${name}.onnx`)
          .then((file) => lab.ask(`/models add name:${name} preprocessing:${plainly}`, [file, labels]));
      const labels = await lab.bot.upload(mina, Buffer.from(colours.join("\n")), "labels.txt");
      const crashed = await add("bad", crashingModel());
      expect(crashed.status).toBe("failed");
      expect(crashed.reply?.text).toMatch(/crashed.*file is probably broken/);
      expect((await add("colours", colourModel())).status).toBe("done");
      const { reply } = await lab.ask("/classify model:colours", [photo]);
      expect(reply?.data).toMatchObject({ model: "colours", top: [{ label: "blue" }, {}, {}] });
      expect((await lab.ask("/models remove name:colours")).status).toBe("done");
    },
  );

  it("cancelled while it runs, the peer is told at once and the next job works", async () => {
    await lab.ask("/augment flip", [photo]);
    for (const pid of workersOf(process.pid)) process.kill(pid, "SIGSTOP");
    const id = await lab.send("/augment rotate", [photo]);
    await untilRunning();
    expect(await lab.bot.cancel(id, { userId: "somebody else", groupId: "local" })).toBe(false);
    expect(await lab.bot.cancel(id, localViewer(mina))).toBe(true);
    expect((await lab.answerTo(id)).status).toBe("cancelled");
    for (const pid of workersOf(process.pid)) process.kill(pid, "SIGCONT");
    expect((await lab.ask("/augment flip", [photo])).status).toBe("done");
  });
});

it("/history shows what was asked, /status how it stands", async () => {
  expect((await lab.ask("/history")).reply?.table?.rows).toContainEqual(expect.arrayContaining(["✅ done", "/augment", "Mina"]));
  expect((await lab.ask("/history user:mina")).reply?.table?.rows).toContainEqual(expect.arrayContaining(["/augment", "Mina"]));
  expect((await lab.ask("/history user:nobody")).reply?.data).toEqual({ requests: [] });
  const { reply } = await lab.ask("/status");
  expect(reply?.text).toMatch(/Peerlab 0\..*ONNX Runtime/s);
  expect(reply?.table?.rows).toContainEqual(["images", "0", "0"]);
});

it("after a restart, history and buttons are still there", async () => {
  const id = await lab.send("/augment rotate", [photo]);
  await lab.answerTo(id);
  await lab.close();
  lab = await openTestBot(lab.home);
  expect((await lab.web.history("general", mina)).at(-1)).toMatchObject({ id: `${id}.answer`, request: { status: "done" } });
  const press = crypto.randomUUID();
  await lab.web.press({ id: press, message: `${id}.answer`, button: 0, user: mina, lang: "en" });
  expect((await lab.answerTo(press)).status).toBe("done");
});

it("/forget takes everything of mine, and nothing of others'", async () => {
  const other = { id: "jun", name: "Jun" };
  const others = await lab.bot.upload(other, await landscape(320, 200), "small.jpg");
  const kept = await lab.send("/augment flip", [others], { user: other });
  await lab.answerTo(kept);
  const mine = await lab.ask("/augment flip", [photo]);
  expect((await lab.ask("/forget")).reply?.text).toMatch(/sure/);
  expect((await lab.ask("/forget yes")).reply?.text).toMatch(/Erased \d+ messages/);
  await expect(lab.read(photo.blob)).rejects.toThrow();
  await expect(lab.read(mine.reply?.pictures?.[0]?.blob ?? "")).rejects.toThrow();
  expect((await lab.read(others.blob)).length).toBe(others.bytes);
  expect((await lab.web.history("general", mina)).filter((it) => it.author.id === mina.id)).toHaveLength(1);
  const blobs = readdirSync(join(lab.home, "blobs"), { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  expect(blobs).toHaveLength(2);
});
