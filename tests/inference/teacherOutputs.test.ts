import { expect, it } from "vitest";
import { hashOf } from "../../src/blobs/blobs.ts";
import { allocateImages, type LabelledImages, selectImages } from "../../src/data/dataset.ts";
import { flip } from "../../src/images/augment/flip.ts";
import { openTeacher, type Teacher } from "../../src/inference/teacher.ts";
import { logitsOf, type OutputCache, teacherOutputs, views } from "../../src/inference/teacherOutputs.ts";
import { readPreprocessing } from "../../src/models/preprocessing.ts";
import { shuffled } from "../../src/random.ts";
import { noisePictures } from "../helpers/noisePictures.ts";
import { colours, floats, modelOf, node, plainly, SIDE } from "../helpers/onnxModels.ts";

/** A model whose answers change when its picture is mirrored: a dense layer over all pixels, no two weights the same. */
const sidedModel = () => {
  const weights = Array.from({ length: 9 * SIDE * SIDE }, (_, i) => Math.sin(i));
  return modelOf({
    node: [node("Flatten", ["picture"], ["flat"]), node("MatMul", ["flat", "weight"], ["scores"])],
    initializer: [floats("weight", [3 * SIDE * SIDE, 3], weights)],
  });
};
/** That model as a teacher, and how many pictures it was asked about. */
const countedTeacher = async (classes: readonly string[] = colours) => {
  const bytes = sidedModel();
  const card = {
    ...{ name: "sided", classes: [...colours], preprocessing: readPreprocessing(plainly) },
    input: { name: "picture", layout: "NCHW", height: SIDE, width: SIDE },
    output: { name: "scores", kind: "logits" },
  } as const;
  const teacher = await openTeacher({ bytes, card, blob: hashOf(bytes) }, { classes, data: "noise", size: SIDE });
  let asked = 0;
  const counted: Teacher = {
    ...teacher,
    logits: (pixels) => {
      asked += pixels.length / (3 * SIDE * SIDE);
      return teacher.logits(pixels);
    },
  };
  return { teacher: counted, asked: () => asked };
};
/** A cache in memory. */
const newCache = () => {
  const kept = new Map<string, Uint8Array>();
  const cache: OutputCache = { load: async (name) => kept.get(name), save: async (name, bytes) => void kept.set(name, bytes) };
  return { cache, kept };
};
const pictures = noisePictures(600, SIDE, 3);
const mirrored = (images: LabelledImages): Uint8Array => {
  const out = allocateImages(images.count, SIDE).pixels;
  const length = SIDE * SIDE * 3;
  for (let n = 0; n < images.count; n++) {
    const image = { width: SIDE, height: SIDE, data: images.pixels.subarray(n * length, (n + 1) * length) };
    out.set(flip.apply(image, { done: 1 }).data, n * length);
  }
  return out;
};

it("the logits of each picture and of its mirror image are found under its index", async () => {
  const { teacher } = await countedTeacher();
  const outputs = await teacherOutputs(teacher, pictures);
  const [straight, flipped] = [await teacher.logits(pictures.pixels), await teacher.logits(mirrored(pictures))];
  expect(outputs.logits).toHaveLength(600 * 2 * 3);
  for (const index of [0, 1, 250, 599]) {
    expect([...logitsOf(outputs, index, "as is")]).toEqual([...straight.subarray(3 * index, 3 * index + 3)]);
    expect([...logitsOf(outputs, index, "mirrored")]).toEqual([...flipped.subarray(3 * index, 3 * index + 3)]);
  }
});

it("pictures asked in any order have the same logits, and others have none", async () => {
  const { teacher } = await countedTeacher();
  const all = await teacherOutputs(teacher, pictures);
  const some = shuffled(600, 3).subarray(0, 100);
  const outputs = await teacherOutputs(teacher, pictures, { indices: some });
  const wanted = new Set(some);
  for (let index = 0; index < 600; index++)
    for (const view of views) {
      const logits = [...logitsOf(outputs, index, view)];
      if (wanted.has(index))
        for (const [k, it] of logits.entries()) expect(it).toBeCloseTo(logitsOf(all, index, view)[k] as number, 3);
      else expect(logits).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    }
});

it("a data set in another order has the same logits for the same picture", async () => {
  const { teacher } = await countedTeacher();
  const order = shuffled(600, 8);
  const [first, other] = [
    await teacherOutputs(teacher, pictures),
    await teacherOutputs(teacher, selectImages(pictures, SIDE, order)),
  ];
  for (const [position, index] of order.entries())
    for (const view of views)
      for (const [k, it] of logitsOf(other, position, view).entries())
        expect(it).toBeCloseTo(logitsOf(first, index, view)[k] as number, 3);
});

it("what is in the cache is not asked again, whatever the order; other pictures, classes and damaged entries are", async () => {
  const { cache, kept } = newCache();
  const { teacher, asked } = await countedTeacher();
  const indices = Uint32Array.of(5, 9, 2);
  const first = await teacherOutputs(teacher, pictures, { cache, indices });
  expect([asked(), kept.size]).toEqual([6, 2]);
  const reports: number[] = [];
  const again = await teacherOutputs(teacher, pictures, {
    ...{ cache, indices: Uint32Array.of(2, 5, 9, 5), report: (done: number) => reports.push(done) },
  });
  expect(asked()).toBe(6);
  expect(reports).toEqual([3, 6]);
  expect([...again.logits]).toEqual([...first.logits]);
  await teacherOutputs(teacher, pictures, { cache, indices: Uint32Array.of(2, 5) });
  expect(asked()).toBe(10);
  const turned = await countedTeacher(["blue", "red", "green"]);
  const other = await teacherOutputs(turned.teacher, pictures, { cache, indices });
  expect(turned.asked()).toBe(6);
  expect(logitsOf(other, 9, "mirrored")[0]).toBe(logitsOf(first, 9, "mirrored")[2]);
  const [name = ""] = kept.keys();
  kept.set(name, new Uint8Array(5));
  await teacherOutputs(teacher, pictures, { cache, indices });
  expect(asked()).toBe(13);
});

it("tells how far it is, and stops when it is told to, keeping the view that was done", async () => {
  const { cache, kept } = newCache();
  const { teacher } = await countedTeacher();
  const abort = new AbortController();
  const seen: [number, number][] = [];
  const stopped = teacherOutputs(teacher, pictures, {
    ...{ cache, signal: abort.signal },
    report: (done, of) => {
      seen.push([done, of]);
      if (done > 600) abort.abort(new Error("enough"));
    },
  });
  await expect(stopped).rejects.toThrow("enough");
  expect(seen).toEqual([250, 500, 600, 850].map((done) => [done, 1200]));
  expect(kept.size).toBe(1);
});
