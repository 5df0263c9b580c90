import { expect, it } from "vitest";
import { hashOf } from "../../src/blobs/blobs.ts";
import type { BatchAugmentation } from "../../src/data/augmentedPicture.ts";
import { type BatchPlan, batches } from "../../src/data/batches.ts";
import { denormalise, withTeacher } from "../../src/data/teacherBatches.ts";
import { normalise } from "../../src/images/normalise.ts";
import { openTeacher } from "../../src/inference/teacher.ts";
import { cifar10 } from "../../src/models/cifar10.ts";
import { presets, readPreprocessing } from "../../src/models/preprocessing.ts";
import { noisePictures } from "../helpers/noisePictures.ts";
import { colourModel, colours, plainly, SIDE } from "../helpers/onnxModels.ts";

it.each([
  ["CIFAR-10's", cifar10],
  ["ImageNet's, BGR", presets.caffe],
  ["Keras's", presets.keras],
])("every byte comes back from its normalised number under %s", (_, normalisation) => {
  const bytes = Uint8Array.from({ length: 3 * 256 }, (_, i) => (i * 7) % 256);
  expect(denormalise(normalise(bytes, normalisation, "NHWC"), normalisation)).toEqual(bytes);
});

const augment: BatchAugmentation = {
  ...{ crop: { pad: 2, edge: "reflect" }, flip: "random", cutout: 4, policy: "rand-m9-n2-inc1" },
  mix: { kind: "mixup", alpha: 1, probability: 0.5 },
};

it("the teacher sees exactly the pictures of the batch, as they are augmented", async () => {
  const plan: BatchPlan = {
    ...{ images: noisePictures(40, SIDE, 3), size: SIDE, classes: 3, normalisation: cifar10, batch: 8, seed: 1, augment },
  };
  const source = { batch: 8, shapes: { x: [SIDE, SIDE, 3], y: [3] }, next: batches(plan) };
  const bytes = colourModel();
  const card = {
    ...{ name: "colours", classes: [...colours], preprocessing: readPreprocessing(plainly) },
    input: { name: "picture", layout: "NCHW", height: SIDE, width: SIDE },
    output: { name: "scores", kind: "logits" },
  } as const;
  const task = { classes: colours, data: "noise", size: SIDE, features: true };
  const teacher = await openTeacher({ bytes, card, blob: hashOf(bytes) }, task);
  const taught = withTeacher(source, teacher, cifar10);
  expect(taught.shapes).toEqual({ x: [SIDE, SIDE, 3], y: [3], teacher: [3], teacherFeatures: [SIDE, SIDE, 3] });
  for (const step of [0, 7]) {
    const [given, plain] = [await taught.next(step), await source.next(step)];
    expect([given["x"], given["y"]]).toEqual([plain.x, plain.y]);
    // The model's logits are the means of the channels, 0..1, and its features the pixels.
    const places = SIDE * SIDE;
    for (let n = 0; n < 8; n++)
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let place = 0; place < places; place++) {
          const at = (n * places + place) * 3 + c;
          const pixel = (plain.x[at] as number) * (cifar10.std[c] as number) + (cifar10.mean[c] as number);
          sum += pixel;
          if (place === 17) expect(given["teacherFeatures"]?.[at]).toBeCloseTo(pixel, 5);
        }
        expect(given["teacher"]?.[n * 3 + c]).toBeCloseTo(sum / places, 4);
      }
  }
  await teacher.close();
});
