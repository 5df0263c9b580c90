import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { hashOf } from "../../src/blobs/blobs.ts";
import { predict } from "../../src/inference/predict.ts";
import { withSession } from "../../src/inference/session.ts";
import { openTeacher } from "../../src/inference/teacher.ts";
import type { Card } from "../../src/models/card.ts";
import { labelsOf } from "../../src/models/labels.ts";
import { readPreprocessing } from "../../src/models/preprocessing.ts";
import { noisePictures } from "../helpers/noisePictures.ts";

const googlenet = "../shared/data/weights/googlenet-imagenet-caffe.onnx";
const classes = ["Egyptian cat", "golden retriever", "goldfish"];

it.skipIf(!existsSync(googlenet))(
  "GoogLeNet (BGR, 0..255, 224 pixels) teaches data of 32 pixels (needs ../shared/data)",
  async () => {
    const bytes = readFileSync(googlenet);
    const card: Card = {
      ...{ name: "googlenet", classes: labelsOf("imagenet", 1000), preprocessing: readPreprocessing("caffe", 224), params: 0 },
      input: { name: "data", layout: "NCHW", height: 224, width: 224 },
      output: { name: "prob", kind: "probabilities" },
    };
    const pictures = noisePictures(6, 32).pixels;
    const teacher = await openTeacher({ card, bytes, blob: hashOf(bytes) }, { classes, data: "pets", size: 32, features: true });
    const { logits, features } = await teacher.outputs(pictures);
    await teacher.close();
    expect(teacher.featureShape).toEqual([7, 7, 1024]);
    expect(features).toHaveLength(6 * 7 * 7 * 1024);
    await withSession(bytes, async (session) => {
      for (let n = 0; n < 6; n++) {
        const image = { width: 32, height: 32, data: pictures.subarray(n * 3072, (n + 1) * 3072) };
        const { probabilities } = await predict({ card, session }, image);
        for (const [k, name] of classes.entries())
          expect(logits[3 * n + k]).toBeCloseTo(Math.log(probabilities[card.classes.indexOf(name)] as number), 2);
      }
    });
  },
);
