import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mina, openTestBot, type TestBot } from "../helpers/bot.ts";

let lab: TestBot;
beforeAll(async () => {
  lab = await openTestBot();
  for (const [name, background] of [
    ["red", "#c02020"],
    ["blue", "#2020c0"],
  ] as const) {
    const photo = async (width: number) => {
      const bytes = await sharp({ create: { width, height: 40, channels: 3, background } })
        .png()
        .toBuffer();
      return lab.bot.upload(mina, bytes, `${name}-${width}.png`);
    };
    await lab.ask(`/label class:${name}`, await Promise.all([40, 41, 42, 43].map(photo)));
  }
});
afterAll(() => lab.erase());

it("/learning-rate tries rising learning rates on the group's own pictures and shows where the loss falls; the same every time", async () => {
  const { status, reply } = await lab.ask("/learning-rate resnet8 uploads", [], { lang: "ko" });
  expect([status, reply?.text]).toEqual(["done", expect.stringContaining("학습률")]);
  expect(reply?.pictures?.map((it) => it.name)).toEqual(["learning-rate.jpg"]);
  const data = reply?.data as { suggestion: number; batch: number; points: { learningRate: number; loss: number }[] };
  expect(data).toMatchObject({ net: "resnet8", data: "uploads", batch: 4 });
  // Of 8 pictures 2 are for testing and 2 for validation.
  const rates = data.points.map((it) => it.learningRate);
  expect(rates).toEqual(rates.toSorted((a, b) => a - b));
  expect(rates[0]).toBeCloseTo(1e-4, 8);
  expect(rates).toContain(data.suggestion);
  const again = (await lab.ask("/learning-rate resnet8 uploads")).reply?.data;
  expect(again).toMatchObject({ suggestion: data.suggestion, points: data.points });
  const [train] = reply?.buttons ?? [];
  expect(train).toMatchObject({ command: "train", args: { net: "resnet8", data: "uploads" } });
  expect(Math.abs(Math.log(Number(train?.args["lr"]) / data.suggestion))).toBeLessThan(0.1);
});
