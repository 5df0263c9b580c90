import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { addModel } from "../../workers/addModel.ts";
import { augmentClassified } from "../../workers/augmentClassified.ts";
import { classify } from "../../workers/classify.ts";
import { compare } from "../../workers/compare.ts";
import { predict } from "../../workers/predict.ts";
import { newJobContext } from "../helpers/jobContext.ts";
import { colourModel, colours, flatColourModel, plainly } from "../helpers/onnxModels.ts";

type Context = Awaited<ReturnType<typeof newJobContext>>;
const put = ({ blobs }: Context, bytes: Uint8Array, name: string) => blobs.put(bytes, { name, type: "application/octet-stream" });
const install = async (
  context: Context,
  bytes: Uint8Array,
  name: string,
  preprocessing = plainly,
): Promise<{ blob: string; card: Awaited<ReturnType<typeof addModel>>["card"] }> => {
  const labelsFile = await put(context, Buffer.from(colours.join("\n")), "colours.txt");
  const { card, file } = await addModel(
    { file: await put(context, bytes, `${name}.onnx`), name, preprocessing, labelsFile },
    context,
  );
  return { blob: file.blob, card };
};
const picture = (background: string, width = 320, height = 200) =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();

describe("classifying", () => {
  let context: Context;
  let model: Awaited<ReturnType<typeof install>>;
  beforeAll(async () => {
    context = await newJobContext();
    model = await install(context, colourModel(), "colours");
  });

  it("says below every variant whether it is still the same", async () => {
    const image = await put(context, await picture("#e03010"), "a.png");
    const quietly = { ...context, report: async () => {} };
    const ask = (op: "flip" | "invert", lang: "en" | "ko", tile?: number) =>
      augmentClassified({ image, op, strength: 1, n: 2, seed: 1, lang, model, ...(tile !== undefined && { tile }) }, quietly);
    const notes = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).picture.regions?.map((it) => it.note);
    // Softmax of 224, 48 and 16 of 255, and of the negative's 31, 207 and 239.
    expect(await notes("flip", "en")).toEqual([{ text: "red 51 %" }, ...Array(2).fill({ text: "still red 51 %" })]);
    expect((await notes("invert", "ko"))?.slice(1)).toEqual(Array(2).fill({ text: "이제 blue 43 %", isChanged: true }));
    const { tiles, original } = await ask("invert", "en", 2);
    expect([original?.label, tiles.map((it) => it.prediction?.label)]).toEqual(["red", ["blue"]]);
  });

  it.each([
    ["#e01010", "red"],
    ["#10e010", "green"],
    ["#1010e0", "blue"],
  ])("calls %s %s", async (colour, name) => {
    const image = await put(context, await picture(colour), "a.png");
    const { top } = await classify({ image, model, lang: "en" }, context);
    const [r = 0, g = 0, b = 0] = [colour.slice(1, 3), colour.slice(3, 5), colour.slice(5)].map((it) =>
      Math.exp(Number.parseInt(it, 16) / 255),
    );
    expect(top[0]).toEqual({
      index: colours.indexOf(name as "red"),
      label: name,
      probability: expect.closeTo(Math.max(r, g, b) / (r + g + b), 4),
    });
  });

  it("answers with a picture that a phone can show: 1080 wide, under 600 KB, described in words", async () => {
    const image = await put(context, await picture("#e01010", 900, 1600), "a.png");
    const { picture: file } = await classify({ image, model, lang: "ko" }, context);
    const { width, height, format } = await sharp(await context.blobs.get(file.blob)).metadata();
    expect([width, format]).toEqual([1080, "jpeg"]);
    expect([file.width, file.height]).toEqual([width, height]);
    expect(file.bytes).toBeLessThan(600_000);
    expect(file.alt).toMatch(/^colours: red \d/);
  });

  it("compares several models, saying how far it is", async () => {
    const flat = await install(context, flatColourModel(), "flat");
    const image = await put(context, await picture("#10e010"), "a.png");
    const each = await Promise.all(
      [model, flat].map((it, done) => predict({ image, model: it, turn: { done, of: 2 } }, context)),
    );
    const dependencies = async () => new Map(each.map((output, index) => [index, { output }] as const));
    const cards = [model.card, flat.card];
    const { models } = await compare({ image, models: cards, lang: "en" }, { ...context, dependencies });
    expect(models.map((it) => [it.model, it.top[0]?.label])).toEqual([
      ["colours", "green"],
      ["flat", "green"],
    ]);
    expect(models[0]?.top[0]?.probability).toBeCloseTo(models[1]?.top[0]?.probability ?? 0, 4);
    expect(context.reports.map(({ done, of }) => [done, of]).sort()).toEqual([
      [0, 2],
      [1, 2],
    ]);
  });

  it("tells a peer when the upload is no picture", async () => {
    const image = await put(context, Buffer.from("no picture"), "a.png");
    await expect(classify({ image, model, lang: "en" }, context)).rejects.toThrow(UserError);
  });
});
