import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { hashOf } from "../../src/blobs/blobs.ts";
import type { UserError } from "../../src/errors.ts";
import { normalise } from "../../src/images/normalise.ts";
import type { ClassifierCard } from "../../src/inference/classifier.ts";
import { evaluateModel } from "../../src/inference/evaluate.ts";
import { predict } from "../../src/inference/predict.ts";
import { tryOnce, withSession } from "../../src/inference/session.ts";
import { openTeacher, type TeacherTask } from "../../src/inference/teacher.ts";
import { showIn, testViews } from "../../src/inference/testViews.ts";
import type { Card } from "../../src/models/card.ts";
import { readCard } from "../../src/models/cardMetadata.ts";
import { cifar10 } from "../../src/models/cifar10.ts";
import { presets, readPreprocessing } from "../../src/models/preprocessing.ts";
import { readModel } from "../../src/onnx/file.ts";
import { noisePictures } from "../helpers/noisePictures.ts";
import {
  colourModel,
  colours,
  flatColourModel,
  floats,
  int,
  ints,
  modelOf,
  node,
  plainly,
  SIDE,
  value,
} from "../helpers/onnxModels.ts";

const cifarClasses = [...cifar10.classes];
const shipped = (name: string) => {
  const bytes = readFileSync(new URL(`../../models/${name}.onnx`, import.meta.url));
  return { bytes, card: readCard(readModel(bytes)) as Card, blob: hashOf(bytes) };
};
/** A model that tells colours, as somebody might bring it. */
const colourCard = (more: Partial<ClassifierCard> = {}): ClassifierCard => ({
  name: "colours",
  classes: [...colours],
  preprocessing: readPreprocessing(plainly),
  input: { name: "picture", layout: "NCHW", height: SIDE, width: SIDE },
  output: { name: "scores", kind: "logits" },
  ...more,
});
const teach = async (bytes: Uint8Array, card: ClassifierCard, task: Partial<TeacherTask> = {}) =>
  openTeacher({ bytes, card, blob: hashOf(bytes) }, { classes: colours, data: "colours", size: SIDE, ...task });
const ask = async (bytes: Uint8Array, card: ClassifierCard, pixels: Uint8Array, task: Partial<TeacherTask> = {}) => {
  const teacher = await teach(bytes, card, task);
  const outputs = await teacher.outputs(pixels);
  await teacher.close();
  return { ...outputs, featureShape: teacher.featureShape };
};
const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array) => new Uint8Array(buffer, byteOffset, byteLength);
const few = noisePictures(7, SIDE, 3).pixels;

/** The mean of each channel of each picture, 0..1, counted by hand. */
const channelMeans = (pixels: Uint8Array, size: number) => {
  const length = size * size * 3;
  return Array.from({ length: pixels.length / length }, (_, n) =>
    [0, 1, 2].map((c) => {
      let sum = 0;
      for (let i = c; i < length; i += 3) sum += pixels[n * length + i] as number;
      return sum / (255 * size * size);
    }),
  ).flat();
};
const close = (got: Float32Array, wanted: readonly number[], digits = 5) => {
  expect(got).toHaveLength(wanted.length);
  for (const [i, it] of wanted.entries()) expect(got[i]).toBeCloseTo(it, digits);
};

describe("a teacher's logits", () => {
  it("are those that evaluation sees, bit for bit, where its size is the data's", async () => {
    const model = shipped("resnet8.cifar10");
    const images = noisePictures(260, 32);
    const teacher = await openTeacher(model, { classes: cifarClasses, data: "cifar10", size: 32 });
    const logits = await teacher.logits(images.pixels);
    await teacher.close();
    const evaluation = await evaluateModel(model.bytes, images, {
      ...{ size: 32, classes: cifarClasses, normalisation: model.card.preprocessing },
    });
    expect(hashOf(bytesOf(logits))).toBe(hashOf(bytesOf(evaluation.logits)));
    const input = normalise(images.pixels.subarray(0, 250 * 3072), model.card.preprocessing, "NHWC");
    const planes = input.map((_, i) => {
      const [picture, channel, place] = [Math.floor(i / 3072), Math.floor((i % 3072) / 1024), i % 1024];
      return input[picture * 3072 + place * 3 + channel] as number;
    });
    const { outputs } = await tryOnce(model.bytes, planes, [250, 3, 32, 32]);
    expect(logits.subarray(0, 2500)).toEqual(outputs["logits"]?.data);
  });

  it("are for the data's classes in the data's order", async () => {
    const { logits } = await ask(colourModel(), colourCard(), few, { classes: ["Blues", "red"] });
    const means = channelMeans(few, SIDE);
    close(logits, Array.from({ length: 7 }, (_, n) => [means[3 * n + 2] as number, means[3 * n] as number]).flat());
  });

  it("are the same one picture at a time, as with a batch fixed to 1", async () => {
    const fixed = await ask(flatColourModel(1), colourCard(), few);
    close(fixed.logits, channelMeans(few, SIDE));
  });

  it("are the same from a graph that claims a free batch and flattens all pictures into one", async () => {
    const pixels = 3 * SIDE * SIDE;
    const weight = Array.from({ length: pixels }, (_, i) =>
      [0, 1, 2].map((it) => (Math.floor(i / (SIDE * SIDE)) === it ? 1 / (SIDE * SIDE) : 0)),
    ).flat();
    const shape = { name: "shape", dims: [2], dataType: 7, rawData: new Uint8Array(BigInt64Array.of(1n, -1n).buffer) };
    const one = modelOf({
      node: [node("Reshape", ["picture", "shape"], ["flat"]), node("MatMul", ["flat", "weight"], ["scores"])],
      initializer: [floats("weight", [pixels, 3], weight), shape],
    });
    close((await ask(one, colourCard(), few)).logits, channelMeans(few, SIDE));
  });

  it("are the same from a graph whose rows depend on each other in a batch", async () => {
    const mixing = modelOf({
      node: [
        node("GlobalAveragePool", ["picture"], ["pooled"]),
        node("Flatten", ["pooled"], ["flat"]),
        node("ReduceMean", ["flat"], ["mean"], [ints("axes", [0]), int("keepdims", 1)]),
        node("Add", ["flat", "mean"], ["scores"]),
      ],
    });
    close(
      (await ask(mixing, colourCard(), few)).logits,
      channelMeans(few, SIDE).map((it) => 2 * it),
    );
  });

  it("of probabilities equal those of logits up to a constant a row", async () => {
    const softmax = modelOf({
      node: [
        node("GlobalAveragePool", ["picture"], ["pooled"]),
        node("Flatten", ["pooled"], ["flat"]),
        node("Softmax", ["flat"], ["scores"], [int("axis", 1)]),
      ],
    });
    const card = colourCard({ output: { name: "scores", kind: "probabilities" } });
    const [logs, logits] = [(await ask(softmax, card, few)).logits, (await ask(colourModel(), colourCard(), few)).logits];
    for (let row = 0; row < 7; row++) {
      const gaps = [0, 1, 2].map((k) => (logits[3 * row + k] as number) - (logs[3 * row + k] as number));
      for (const gap of gaps) expect(gap).toBeCloseTo(gaps[0] as number, 5);
    }
  });

  it("of probabilities that were rounded to 0 are still numbers", async () => {
    const hard = modelOf({
      node: [
        node("GlobalAveragePool", ["picture"], ["pooled"]),
        node("Flatten", ["pooled"], ["flat"]),
        node("Gemm", ["flat", "weight"], ["large"]),
        node("Softmax", ["large"], ["scores"], [int("axis", 1)]),
      ],
      initializer: [floats("weight", [3, 3], [1e5, 0, 0, 0, 1e5, 0, 0, 0, 1e5])],
    });
    const { logits } = await ask(hard, colourCard({ output: { name: "scores", kind: "probabilities" } }), few);
    expect(logits.every(Number.isFinite)).toBe(true);
  });

  it("follow the teacher's own size, channel order, scale and mean", async () => {
    const large = noisePictures(3, 32).pixels;
    const card = colourCard({
      preprocessing: { ...presets.caffe, resize: 20, crop: SIDE, mean: [10, 20, 30], std: [1, 2, 4] },
    });
    const { logits } = await ask(colourModel(), card, large, { size: 32 });
    const wanted = await withSession(colourModel(), async (session) => {
      const each: number[] = [];
      for (let n = 0; n < 3; n++) {
        const image = { width: 32, height: 32, data: large.subarray(n * 3072, (n + 1) * 3072) };
        each.push(...((await predict({ card: { ...card, params: 0 }, session }, image)).outputs["scores"]?.data ?? []));
      }
      return each;
    });
    close(logits, wanted, 3);
  });

  it("take a centre crop of pictures that have the size of its resizing", async () => {
    const pictures = noisePictures(2, SIDE + 4).pixels;
    const card = colourCard({ preprocessing: { ...readPreprocessing(plainly), resize: SIDE + 4 } });
    const { logits } = await ask(colourModel(), card, pictures, { size: SIDE + 4 });
    const side = SIDE + 4;
    const middles = new Uint8Array(2 * SIDE * SIDE * 3);
    for (let n = 0; n < 2; n++)
      for (let y = 0; y < SIDE; y++)
        for (let i = 0; i < SIDE * 3; i++)
          middles[(n * SIDE + y) * SIDE * 3 + i] = pictures[((n * side + y + 2) * side + 2) * 3 + i] as number;
    close(logits, channelMeans(middles, SIDE));
  });
});

describe("a teacher's features", () => {
  it("are what its head pools, channels last", async () => {
    const { features, featureShape, logits } = await ask(colourModel(), colourCard(), few, { features: true });
    expect(featureShape).toEqual([SIDE, SIDE, 3]);
    close(
      features as Float32Array,
      Array.from(few, (it) => it / 255),
    );
    close(logits, channelMeans(few, SIDE));
  });

  it("have several places also where the last pooling leaves one", async () => {
    const { featureShape } = await ask(
      shipped("airbench94.cifar10").bytes,
      shipped("airbench94.cifar10").card,
      noisePictures(2, 32).pixels,
      {
        ...{ classes: cifarClasses, size: 32, features: true },
      },
    );
    expect(featureShape?.[0]).toBeGreaterThan(1);
    const resnet = shipped("resnet8.cifar10");
    const asked = await ask(resnet.bytes, resnet.card, noisePictures(2, 32).pixels, {
      classes: cifarClasses,
      size: 32,
      features: true,
    });
    expect(asked.featureShape).toEqual([8, 8, 64]);
    expect(asked.features).toHaveLength(2 * 8 * 8 * 64);
  });

  it("are refused where there is no map, with a reason", async () => {
    const list = modelOf({
      node: [node("Gemm", ["picture", "weight"], ["scores"])],
      initializer: [floats("weight", [3, 3], [1, 0, 0, 0, 1, 0, 0, 0, 1])],
      input: [value("picture", ["N", 3])],
    });
    await expect(teach(list, colourCard(), { features: true })).rejects.toMatchObject({ mistake: { code: "teacher_features" } });
  });
});

describe("a model that cannot teach", () => {
  it("for want of classes is refused before it is opened", async () => {
    const refused = teach(new Uint8Array(), colourCard(), { classes: ["red", "yellow"] });
    await expect(refused).rejects.toMatchObject({
      mistake: { code: "teacher_classes", facts: { teacher: "colours", data: "colours", missing: ["yellow"] } },
    } satisfies { mistake: Partial<UserError["mistake"]> });
  });

  it("whose scores are no numbers is refused", async () => {
    const broken = modelOf({
      node: [
        node("GlobalAveragePool", ["picture"], ["pooled"]),
        node("Flatten", ["pooled"], ["flat"]),
        node("Sub", ["flat", "most"], ["below"]),
        node("Log", ["below"], ["scores"]),
      ],
      initializer: [floats("most", [1], [2])],
    });
    await expect(ask(broken, colourCard(), few)).rejects.toMatchObject({ mistake: { code: "model_not_finite" } });
  });
});

describe("an evaluation in several views", () => {
  const { bytes, card } = shipped("resnet8.cifar10");
  const images = noisePictures(9, 32, 5);
  const task = { size: 32, classes: cifarClasses, normalisation: card.preprocessing };

  it("averages what the model says of each by their weights, and says how it does in one", async () => {
    const six = await evaluateModel(bytes, images, { ...task, views: "six" });
    const mean = new Float32Array(90);
    for (const view of testViews.six) {
      const { logits } = await evaluateModel(bytes, { ...images, pixels: showIn(images.pixels, 32, view) }, task);
      for (const [i, it] of logits.entries()) mean[i] = (mean[i] as number) + view.weight * it;
    }
    close(six.logits, [...mean], 4);
    const one = await evaluateModel(bytes, images, task);
    const { oneView, logits, imagesPerSecond: _, ...evaluation } = one;
    expect(oneView).toEqual(evaluation);
    expect(six.oneView).toEqual(evaluation);
    expect(six.logits).not.toEqual(logits);
  });
});
