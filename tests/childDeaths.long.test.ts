import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FileRef } from "../src/files.ts";
import { localViewer, mina, openTestBot, type TestBot } from "./helpers/bot.ts";
import { countAnswers } from "./helpers/countAnswers.ts";
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
    const answers = countAnswers(lab);
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
    const answers = countAnswers(lab);
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
