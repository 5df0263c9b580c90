import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ChannelEvent } from "../../src/chat/web/message.ts";
import type { FileRef } from "../../src/files.ts";
import { mina, openTestBot, type TestBot } from "../helpers/bot.ts";
import { labelShapes, TINY_WORK } from "../helpers/labelledShapes.ts";
import { colourModel, plainly } from "../helpers/onnxModels.ts";
import { until } from "../helpers/processes.ts";

/** Runs that cannot be done are told why in a sentence, and whoever asks for a good one afterwards gets it. */
const jun = { id: "jun", name: "Jun" };
const models = join(import.meta.dirname, "../../models");
/** Long enough for a machine that trains something else at the same time. */
const SECONDS = 570;
const LIMIT = { timeout: SECONDS * 1000 + 60_000 };

const endOf = async (lab: TestBot, input: string, lang: "en" | "ko" = "en") =>
  lab.answerTo(await lab.send(input, [], { lang }), mina, SECONDS);

/** Told alike in both languages; the facts of a mistake are its data. */
const refused = async (lab: TestBot, input: string, code: string, sentence: RegExp) => {
  const { status, reply } = await endOf(lab, input);
  expect([status, reply?.data], reply?.text).toEqual(["mistake", expect.objectContaining({ error: code })]);
  expect(reply?.text).toMatch(sentence);
  expect(reply?.text.split("\n")).toHaveLength(1);
  const korean = await endOf(lab, input, "ko");
  expect([korean.status, korean.reply?.data]).toEqual(["mistake", reply?.data]);
  expect(korean.reply?.text).toMatch(/[가-힣]+요\./);
};

describe("a run that cannot be done", () => {
  let lab: TestBot;
  const noted: { request: string; note: string }[] = [];
  const upload = async (width: number, height: number, background: string): Promise<FileRef> => {
    const picture = sharp({ create: { width, height, channels: 3, background } });
    return lab.bot.upload(mina, await picture.png().toBuffer(), `${background}-${width}.png`);
  };
  beforeAll(async () => {
    lab = await openTestBot(undefined, { PEERLAB_WORK_SHARE: TINY_WORK }, models);
    lab.web.listen((_: unknown, event: ChannelEvent) => {
      if (event.type === "progress") noted.push({ request: event.request, note: event.note });
    });
    await labelShapes(lab, 12);
    // A model of three colours that calls two of them circle and triangle, so that it can teach them.
    const labels = await lab.bot.upload(mina, Buffer.from("circle\ntriangle\nblue"), "labels.txt");
    const file = await lab.bot.upload(mina, Buffer.from(colourModel()), "colours.onnx");
    const added = await lab.ask(`/models add name:colours preprocessing:${plainly}`, [file, labels]);
    expect(added.status, added.reply?.text).toBe("done");
    for (const name of ["single", "lonely", "odd"]) await lab.ask(`/dataset create ${name}`);
    await lab.ask("/label class:red data:single", [await upload(40, 40, "red"), await upload(41, 40, "red")]);
    await lab.ask("/label class:red data:lonely", [await upload(40, 40, "red"), await upload(41, 40, "red")]);
    await lab.ask("/label class:blue data:lonely", [await upload(40, 40, "blue")]);
  }, 300_000);
  afterAll(() => lab.erase());

  it.each([
    [
      "/distill teacher:resnet8.cifar10 data:uploads",
      "teacher_classes",
      /resnet8\.cifar10 cannot teach uploads.*circle, triangle/,
    ],
    ["/distill teacher:nobody data:uploads", "unknown_model", /nobody/],
    ["/distill soft:0 hard:0", "weights_sum", /nothing to learn from/],
    ["/distill labels:none soft:0", "weights_sum", /nothing to learn from/],
    ["/distill temperature:0", "not_a_number", /0\.5.*50/],
    ["/distill temperature:1000", "not_a_number", /0\.5.*50/],
    ["/train data:single", "too_few_labels", /class/],
    ["/train data:lonely", "too_few_labels", /blue/],
  ])("%s", LIMIT, async (line, code, sentence) => refused(lab, line, code, sentence));

  it("leaves everything as it was: the same teacher and pictures are good for another run", LIMIT, async () => {
    const { status, reply } = await endOf(lab, "/distill teacher:colours data:uploads temperature:50");
    expect(status, reply?.text).toBe("done");
    expect(reply?.data).toMatchObject({ teacher: { model: "colours" } });
    const { runs } = (await lab.ask("/runs")).reply?.data as { runs: { status: string }[] };
    expect(runs.filter((it) => it.status === "done")).toHaveLength(1);
  });

  it("is none for pictures of any size and shape", LIMIT, async () => {
    const sizes = [
      [1, 1],
      [3, 2000],
      [5000, 4],
      [640, 480],
    ] as const;
    for (const colour of ["red", "blue"])
      await lab.ask(`/label class:${colour} data:odd`, await Promise.all(sizes.map(([w, h]) => upload(w, h, colour))));
    const { status, reply } = await endOf(lab, "/train data:odd");
    expect(status, reply?.text).toBe("done");
    expect(reply?.data).toMatchObject({ spec: { data: "odd" }, model: expect.any(String) });
  });

  it("neither are two at once by one person: the second waits its turn, whoever else would stop it", LIMIT, async () => {
    const first = await lab.send("/train data:uploads seeds:3");
    const second = await lab.send("/train data:uploads seed:4");
    await until("the second to wait", () => noted.some((it) => it.request === second && /queue/.test(it.note)), SECONDS);
    const stopping = await lab.send(`/cancel ${second.slice(0, 8)}`, [], { user: jun });
    expect((await lab.answerTo(stopping, jun)).reply?.data).toMatchObject({ error: "not_your_request", by: "Mina" });
    const ends = [await lab.answerTo(first, mina, SECONDS), await lab.answerTo(second, mina, SECONDS)];
    expect(ends.map((it) => it.status)).toEqual(["done", "done"]);
    expect(ends.map((it) => (it.reply?.data as { spec: { seed: number } }).spec.seed)).toEqual([1, 4]);
  });
});

it("a network that needs more memory than a child may have is stopped in words, and a smaller one learns", LIMIT, async () => {
  const lab = await openTestBot(undefined, { PEERLAB_CHILD_MAX_MB: "1700", PEERLAB_WORK_SHARE: TINY_WORK });
  try {
    await refused(lab, "/train airbench94 preset:proper", "too_much_memory", /more than 1700 MB of memory/);
    const { status, reply } = await endOf(lab, "/train resnet8");
    expect(status, reply?.text).toBe("done");
  } finally {
    await lab.erase();
  }
});
