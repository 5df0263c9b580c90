import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import type { FileRef } from "../../src/files.ts";
import { addModel } from "../../workers/addModel.ts";
import { classify } from "../../workers/classify.ts";
import { compare } from "../../workers/compare.ts";
import { predict } from "../../workers/predict.ts";
import { newJobContext } from "../helpers/jobContext.ts";
import { colourModel, colours, flatColourModel, plainly } from "../helpers/onnxModels.ts";

const data = "../shared/data";
const weights = join(data, "weights/googlenet-imagenet-caffe.onnx");

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

describe.skipIf(!existsSync(weights))("the GoogLeNet of BVLC on 40 ImageNet photos (needs ../shared/data)", () => {
  it("is right as often as published: at least 28 of 40 at once, 36 within five", { timeout: 120_000 }, async () => {
    const context = await newJobContext();
    const file = await put(context, readFileSync(weights), "googlenet.onnx");
    const { card, file: kept } = await addModel({ file, name: "googlenet", preprocessing: "caffe", labels: "imagenet" }, context);
    expect(card).toMatchObject({ params: 6_998_552, macs: 1_582_671_872, output: { kind: "probabilities" } });
    const synsets = readFileSync(join(data, "weights/imagenet-synset-words.txt"), "utf8")
      .split("\n")
      .map((it) => it.slice(0, 9));
    const right = { first: 0, five: 0 };
    for (const name of readdirSync(join(data, "photos"))) {
      const image: FileRef = await put(context, readFileSync(join(data, "photos", name)), name);
      const { top } = await classify({ image, model: { blob: kept.blob, card }, lang: "en" }, context);
      const found = top.map((it) => synsets[it.index]);
      right.first += Number(found[0] === name.slice(0, 9));
      right.five += Number(found.includes(name.slice(0, 9)));
    }
    expect(right.first).toBeGreaterThanOrEqual(28);
    expect(right.five).toBeGreaterThanOrEqual(36);
  });
});
