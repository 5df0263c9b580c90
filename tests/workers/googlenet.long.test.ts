import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { addModel } from "../../workers/addModel.ts";
import { classify } from "../../workers/classify.ts";
import { newJobContext } from "../helpers/jobContext.ts";

const data = "../shared/data";
const weights = join(data, "weights/googlenet-imagenet-caffe.onnx");

describe.skipIf(!existsSync(weights))("the GoogLeNet of BVLC on 40 ImageNet photos (needs ../shared/data)", () => {
  it("is right as often as published: at least 28 of 40 at once, 36 within five", { timeout: 120_000 }, async () => {
    const context = await newJobContext();
    const put = (bytes: Uint8Array, name: string) => context.blobs.put(bytes, { name, type: "application/octet-stream" });
    const file = await put(readFileSync(weights), "googlenet.onnx");
    const { card, file: kept } = await addModel({ file, name: "googlenet", preprocessing: "caffe", labels: "imagenet" }, context);
    expect(card).toMatchObject({ params: 6_998_552, macs: 1_582_671_872, output: { kind: "probabilities" } });
    const synsets = readFileSync(join(data, "weights/imagenet-synset-words.txt"), "utf8")
      .split("\n")
      .map((it) => it.slice(0, 9));
    const right = { first: 0, five: 0 };
    for (const name of readdirSync(join(data, "photos"))) {
      const image = await put(readFileSync(join(data, "photos", name)), name);
      const { top } = await classify({ image, model: { blob: kept.blob, card }, lang: "en" }, context);
      const found = top.map((it) => synsets[it.index]);
      right.first += Number(found[0] === name.slice(0, 9));
      right.five += Number(found.includes(name.slice(0, 9)));
    }
    expect(right.first).toBeGreaterThanOrEqual(28);
    expect(right.five).toBeGreaterThanOrEqual(36);
  });
});
