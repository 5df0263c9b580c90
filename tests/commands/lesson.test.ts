import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCard } from "../../src/models/cardMetadata.ts";
import { readModel } from "../../src/onnx/file.ts";
import { SHARED_GROUP } from "../../src/place.ts";
import { lessonTopics } from "../../src/runs/kinds/lesson.ts";
import { languages } from "../../src/text.ts";
import { openRunBot, type RunBot, reportOf } from "../helpers/runs.ts";

const blob = "f".repeat(64);
let bot: RunBot;
const install = async (name: string) => {
  const card = readCard(readModel(readFileSync(join(import.meta.dirname, `../../models/${name}.onnx`))));
  if (!card) throw new Error("a shipped model has no card");
  const row = { groupId: SHARED_GROUP, name, blob, bytes: 1, card };
  await bot.store.models.put({ ...row, addedBy: "Peerlab", addedById: null, crashes: 0 });
};
beforeAll(async () => {
  bot = await openRunBot();
  await install("resnet8.cifar10");
});
afterAll(() => bot.close());

describe("/lesson", () => {
  it.each(languages)("alone lists every lesson with what it asks, and buttons that begin some (%s)", async (lang) => {
    const { table, data, buttons = [] } = await bot.ask("/lesson", { lang });
    expect((data as { lessons: { topic: string }[] }).lessons.map(({ topic }) => topic)).toEqual(lessonTopics);
    expect(table?.rows.map(([, question]) => question)).toEqual(
      (data as { lessons: { question: string }[] }).lessons.map(({ question }) => question),
    );
    expect(buttons.length).toBeGreaterThan(2);
    for (const { command, args } of buttons) {
      expect(command).toBe("lesson");
      expect(lessonTopics).toContain(args["topic"]);
    }
  });

  it("asks for a short run on the drawn shapes", async () => {
    const { input } = await bot.begin("/lesson degradation");
    expect(input.spec).toEqual({ kind: "lesson", topic: "degradation", data: "shapes", preset: "taste", seed: 1, seeds: 1 });
    expect(input.models).toEqual({});
    expect((await bot.begin("/수업 성능저하", { lang: "ko" })).input.spec).toEqual(input.spec);
  });

  it("brings a teacher of the data along where there is something to be taught: a good one whose labels were hardly smoothed", async () => {
    const teacher = async () => (await bot.begin("/lesson temperature data:cifar10")).input.models["teacher"];
    expect(await teacher()).toMatchObject({ blob, card: { name: "resnet8.cifar10" } });
    await install("airbench94.cifar10"); // 93.4 %, labels smoothed by 0.2
    expect(await teacher()).toMatchObject({ card: { name: "airbench94.cifar10" } });
    await install("resnet20.cifar10"); // 90.1 %, by 0.05
    expect(await teacher()).toMatchObject({ card: { name: "resnet20.cifar10" } });
    await install("airbench94-unsmoothed.cifar10"); // not at all
    expect(await teacher()).toMatchObject({ card: { name: "airbench94-unsmoothed.cifar10" } });
  });

  it.each(languages)("explains, says what came out, and offers the next (%s)", async (lang) => {
    const run = await bot.begin("/lesson bias preset:lesson", { lang });
    const finding = { en: "It learned the light.", ko: "밝기를 배웠어요." };
    const { text, data, buttons } = await run.end({ ...reportOf(run.input.spec, [0.4]), finding } as never);
    expect(text).toContain({ en: "What does a network learn from a skewed sample?", ko: "치우친 표본으로 배우면" }[lang]);
    expect(text).toContain("Torralba");
    expect(text).toContain(finding[lang]);
    expect(data).toMatchObject({ finding, spec: { topic: "bias" } });
    expect(buttons?.[0]).toMatchObject({ command: "lesson", args: { topic: "label-noise" } });
  });
});
