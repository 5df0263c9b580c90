import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mina, openTestBot, type TestBot } from "../helpers/bot.ts";
import { colourModel, colours, flatColourModel, plainly } from "../helpers/onnxModels.ts";

let lab: TestBot;
/** A picture of nearly one colour; `seed` makes them differ. */
const coloured = (colour: string, seed: number) => {
  const [r, g, b] = colours.map((it) => (it === colour ? 200 + seed : 10));
  const create = { width: 40, height: 30, channels: 3, background: { r: r ?? 0, g: g ?? 0, b: b ?? 0 } } as const;
  return sharp({ create }).png().toBuffer();
};
const label = async (name: string, colour: string, seeds: readonly number[]) => {
  const pictures = await Promise.all(
    seeds.map(async (it) => lab.bot.upload(mina, await coloured(colour, it), `${colour}-${it}.png`)),
  );
  await lab.ask(`/label class:${name}`, pictures);
};
beforeAll(async () => {
  lab = await openTestBot();
  const names = await lab.bot.upload(mina, Buffer.from(colours.join("\n")), "colours.txt");
  for (const [name, bytes] of [
    ["colours", colourModel()],
    ["flat", flatColourModel(1)],
  ] as const) {
    const model = await lab.bot.upload(mina, bytes, `${name}.onnx`);
    await lab.ask(`/models add name:${name} preprocessing:${plainly}`, [model, names]);
  }
});
afterAll(() => lab.erase());

describe("/evaluate", () => {
  it("refuses data that cannot be learned from, and unknown data, before anything is queued", async () => {
    expect((await lab.ask("/evaluate colours data:uploads")).reply?.data).toMatchObject({ error: "too_few_labels" });
    expect((await lab.ask("/evaluate colours data:flowers")).reply?.data).toMatchObject({ error: "unknown_data" });
  });

  it("tests a model on the group's own pictures, of which it knows the classes by name", async () => {
    await label("Reds", "red", [1, 2, 3]);
    await label("green", "green", [1, 2, 3]);
    const { reply, status } = await lab.ask("/evaluate model:colours data:uploads");
    expect([status, reply?.text]).toEqual([
      "done",
      expect.stringContaining("**colours**: **100.0 %** of 2 test pictures of uploads right."),
    ]);
    expect(reply?.data).toMatchObject({
      ...{ model: "colours", data: "uploads", total: 2, of: 2, accuracy: 1, correct: 2, confused: [] },
      ...{ views: "one", oneView: { accuracy: 1, correct: 2 } },
      ...{
        confusion: [
          [1, 0],
          [0, 1],
        ],
        perClass: [{ name: "Reds" }, { name: "green" }],
      },
      highestLoss: [{ probability: expect.any(Number) }, {}],
    });
    expect(reply?.table).toBeUndefined();
    expect(reply?.pictures?.map((it) => it.name)).toEqual(["confusion.jpg", "calibration.jpg", "highest-loss.jpg"]);
  });

  it("takes the best model for the data where none is named, says its errors, and works one picture at a time and in Korean", async () => {
    await label("blue", "green", [7, 8, 9, 10, 11, 12]); // wrong labels
    const { reply } = await lab.ask("/evaluate data:uploads", [], { lang: "ko" });
    expect(reply?.data).toMatchObject({ model: "colours", confused: [{ actual: "blue", predicted: "green" }] });
    expect(reply?.text).toMatch(/테스트 사진 \d장 중 \*\*\d/);
    const flat = (await lab.ask("/evaluate flat uploads")).reply?.data as { accuracy: number };
    expect(flat.accuracy).toBe((reply?.data as { accuracy: number }).accuracy);
  });

  it.each([
    ["en", "views:six", " Each was shown in six views, moved by a pixel and mirrored; in one, as it is, "],
    ["ko", "뷰:반전", " 좌우로 뒤집은 사진까지 보고 평균 낸 결과이고, 사진 그대로만 보면 "],
  ] as const)("averages several views where that is wanted, and says so (%s)", async (lang, typed, said) => {
    const { reply } = await lab.ask(`/evaluate model:colours data:uploads ${typed}`, [], { lang });
    const { oneView, accuracy } = reply?.data as { accuracy: number; oneView: { accuracy: number } };
    expect(accuracy).toBe(oneView.accuracy); // one colour is the same colour in every view
    expect(reply?.text).toContain(said);
    expect(reply?.data).toMatchObject({ views: typed.includes("six") ? "six" : "mirror" });
  });

  it("refuses a model that does not know the classes, naming them", async () => {
    const { reply, status } = await lab.ask("/evaluate colours data:shapes");
    expect([status, reply?.data]).toMatchObject(["mistake", { error: "tested_classes" }]);
    expect(reply?.text).toMatch(/colours cannot be tested on shapes: it does not know .*…/);
  });
});

describe("/learning-rate", () => {
  it("refuses unknown networks and data at once", async () => {
    expect((await lab.ask("/learning-rate net:resnet9000")).reply?.data).toMatchObject({ error: "unknown_net" });
    expect((await lab.ask("/learning-rate resnet8 flowers")).reply?.data).toMatchObject({ error: "unknown_data" });
  });
});
