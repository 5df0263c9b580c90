import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bodyOfModel, computeFeatures, type ModelBody } from "../../src/inference/features.ts";
import { inspect } from "../../src/inference/inspect.ts";
import { preprocess } from "../../src/inference/preprocess.ts";
import { withSession } from "../../src/inference/session.ts";
import { transferredModel } from "../../src/inference/transferredModel.ts";
import type { Card } from "../../src/models/card.ts";
import { readCard } from "../../src/models/cardMetadata.ts";
import { readModel } from "../../src/onnx/file.ts";
import { numbersOf, viewGraph } from "../../src/onnx/graph.ts";
import type { DenseLayer } from "../../src/onnx/newHead.ts";
import { normal, seeded } from "../../src/random.ts";
import { difference } from "../helpers/plainBuilder.ts";
import { python, pythonHas } from "../helpers/python.ts";
import { noisySquares } from "../helpers/squares.ts";

const folder = "models";
const shipped = readdirSync(folder).filter((it) => it.endsWith(".onnx"));
const cardOf = (bytes: Uint8Array): Card => readCard(readModel(bytes)) as Card;

/** features · kernel + bias, by hand. */
const denseByHand = (features: Float32Array, { width, kernel, bias }: DenseLayer): Float32Array => {
  const classes = bias.length;
  return Float32Array.from({ length: (features.length / width) * classes }, (_, i) => {
    const [row, k] = [Math.floor(i / classes), i % classes];
    let sum = bias[k] as number;
    for (let f = 0; f < width; f++) sum += (features[row * width + f] as number) * (kernel[f * classes + k] as number);
    return sum;
  });
};

/** The old last layer of one of our files, whose kernel is "head/kernel". */
const oldHead = (bytes: Uint8Array, width: number): DenseLayer => {
  const { constants } = viewGraph(readModel(bytes).graph as never);
  const read = (name: string) => numbersOf(constants.get(name) as never);
  const kernel = read("head/kernel") as Float32Array;
  return {
    width,
    kernel,
    bias: constants.has("head/bias") ? (read("head/bias") as Float32Array) : new Float32Array(kernel.length / width),
  };
};

const randomHead = (width: number, classes: number): DenseLayer => {
  const rng = seeded(5);
  const draw = (length: number) => Float32Array.from({ length }, () => 0.1 * normal(rng));
  return { width, kernel: draw(width * classes), bias: draw(classes) };
};

/** What a file says of each picture, prepared as its card says, one at a time. */
const logitsOf = async (bytes: Uint8Array, card: Card, pixels: Uint8Array, size: number): Promise<number[]> =>
  withSession(bytes, async (session) => {
    const all: number[] = [];
    const length = size * size * 3;
    for (let from = 0; from < pixels.length; from += length) {
      const image = { width: size, height: size, data: pixels.subarray(from, from + length) };
      const { input } = await preprocess(image, card.preprocessing, card.input.layout);
      const { height, width } = card.input;
      const { outputs } = await session.run(input, [1, 3, height, width]);
      all.push(...(outputs[card.output.name]?.data ?? []));
    }
    return all;
  });

const newClasses = ["cat", "dog", "고양이 아닌 것"];
const write = (body: ModelBody, layer: DenseLayer) =>
  transferredModel(body, { ...layer, name: "ours", classes: newClasses, lineage: { method: "transfer", model: body.card.name } });

describe.each(shipped)("%s", (file) => {
  const bytes = readFileSync(join(folder, file));
  const card = cardOf(bytes);
  const pixels = noisySquares(7, 32);
  const indices = [0, 1, 2, 3, 4, 5, 6];

  it("gives features from which its old last layer makes its logits, and takes a new one", async () => {
    const body = bodyOfModel({ bytes, card });
    const { width, values } = await computeFeatures(body, { pixels, size: 32, indices });
    expect(values.length).toBe(7 * width);
    const scale = card.family === "airbench" ? 1 / 9 : 1; // its logits are scaled behind the layer
    const byHand = denseByHand(values, oldHead(bytes, width)).map((it) => it * scale);
    expect(difference(byHand, await logitsOf(bytes, card, pixels, 32))).toBeLessThan(1e-4);

    const layer = randomHead(width, newClasses.length);
    const made = await write(body, layer);
    expect(difference(await logitsOf(made.bytes, made.card, pixels, 32), denseByHand(values, layer))).toBeLessThan(1e-4);
    expect(made.card).toMatchObject({ classes: newClasses, preprocessing: card.preprocessing, input: card.input });
    expect(readCard(readModel(made.bytes))).toEqual(made.card);
    expect(JSON.stringify(readModel(made.bytes).metadataProps)).not.toContain("airplane");
    const [before, after] = [10, newClasses.length].map((it) => it * width) as [number, number];
    expect((made.card.macs as number) - (card.macs as number)).toBe(after - before);
    const biases = card.family === "airbench" ? 3 : 3 - 10; // that head has none of its own
    expect(made.card.params - card.params).toBe(after - before + biases);
  });
});

describe("a body", () => {
  const bytes = readFileSync(join(folder, "alexnet-mini.cifar10.onnx"));
  const body = bodyOfModel({ bytes, card: cardOf(bytes) });

  it("has nothing left of the old last layer, and everything before it as it was", () => {
    const names = (it: Uint8Array) => new Set(readModel(it).graph?.initializer?.map(({ name }) => name));
    const [before, after] = [names(bytes), names(body.bytes)];
    expect([...before].filter((it) => !after.has(it))).toEqual(["head/kernel", "head/bias"]);
    expect(readModel(body.bytes).graph?.output.map((it) => it.name)).toEqual([body.features]);
  });

  it("gives the same features whichever pictures are asked for, in whatever order", async () => {
    const pixels = noisySquares(300, 32);
    const all = await computeFeatures(body, { pixels, size: 32, indices: Array.from({ length: 300 }, (_, i) => i) });
    const some = await computeFeatures(body, { pixels, size: 32, indices: [299, 7, 120] });
    const row = (n: number) => all.values.subarray(n * all.width, (n + 1) * all.width);
    expect(difference(some.values, [...row(299), ...row(7), ...row(120)])).toBeLessThan(1e-5);
  });

  it("says how far it has come, and stops when it is told to", async () => {
    const pixels = noisySquares(600, 32);
    const indices = Array.from({ length: 600 }, (_, i) => i);
    const done: number[] = [];
    await computeFeatures(body, { pixels, size: 32, indices }, { report: (it) => done.push(it) });
    expect(done).toEqual([251, 501, 600]);
    const stop = new AbortController();
    const stopped = computeFeatures(
      body,
      { pixels, size: 32, indices },
      {
        signal: stop.signal,
        report: () => stop.abort(new Error("enough")),
      },
    );
    await expect(stopped).rejects.toThrow("enough");
  });
});

const googlenet = "../shared/data/weights/googlenet-imagenet-caffe.onnx";
describe.skipIf(!existsSync(googlenet))("the GoogLeNet of BVLC (needs ../shared/data)", () => {
  it("becomes a classifier of other classes", { timeout: 60_000 }, async () => {
    const bytes = readFileSync(googlenet);
    const card = await inspect(bytes, { name: "googlenet", file: "googlenet.onnx", preprocessing: "caffe", labels: "imagenet" });
    const body = bodyOfModel({ bytes, card });
    const pixels = noisySquares(3, 256);
    const { width, values } = await computeFeatures(body, { pixels, size: 256, indices: [0, 1, 2] });
    expect(width).toBe(1024);
    const { constants } = viewGraph(readModel(bytes).graph as never);
    const tensor = (name: string) => numbersOf(constants.get(name) as never) as Float32Array;
    const turned = tensor("loss3/classifier_w"); // [classes, width]
    const kernel = Float32Array.from(
      { length: turned.length },
      (_, i) => turned[(i % 1000) * width + Math.floor(i / 1000)] as number,
    );
    const logits = denseByHand(values, { width, kernel, bias: tensor("loss3/classifier_b") });
    const probabilities = [0, 1, 2].flatMap((n) => {
      const powers = [...logits.subarray(n * 1000, (n + 1) * 1000)].map(Math.exp);
      const sum = powers.reduce((a, b) => a + b);
      return powers.map((it) => it / sum);
    });
    expect(difference(probabilities, await logitsOf(bytes, card, pixels, 256))).toBeLessThan(1e-4);

    const layer = randomHead(width, newClasses.length);
    const made = await write(body, layer);
    expect(difference(await logitsOf(made.bytes, made.card, pixels, 256), denseByHand(values, layer))).toBeLessThan(1e-4);
    expect(made.card.params).toBe(6_998_552 - 1000 * 1025 + 3 * 1025);
    expect(made.card.macs).toBe(1_582_671_872 - 1_024_000 + 3 * 1024);
    expect(made.card.output).toEqual({ name: "logits", kind: "logits" });
  });
});

describe.skipIf(!pythonHas("onnx"))("the onnx package (pip install onnx)", () => {
  it("finds nothing wrong with what is written", { timeout: 60_000 }, async () => {
    const target = mkdtempSync(join(tmpdir(), "peerlab-transfer-"));
    const files = await Promise.all(
      shipped.map(async (file) => {
        const bytes = readFileSync(join(folder, file));
        const body = bodyOfModel({ bytes, card: cardOf(bytes) });
        const { width } = await computeFeatures(body, { pixels: noisySquares(1, 32), size: 32, indices: [0] });
        writeFileSync(join(target, file), (await write(body, randomHead(width, 3))).bytes);
        return join(target, file);
      }),
    );
    expect(() => python("checkOnnx.py", ...files)).not.toThrow();
  });
});
