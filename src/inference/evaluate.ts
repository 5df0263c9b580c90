import { createHash } from "node:crypto";
import type { Normalisation } from "../images/normalise.ts";
import { mapClasses } from "../models/mapClasses.ts";
import { type ClassifierCard, openClassifier } from "./classifier.ts";
import { type Evaluation, evaluateLogits } from "./evaluation.ts";
import { openSession } from "./session.ts";
import { selectLogits, type TeacherModel } from "./teacher.ts";
import { showIn, type TestViews, testViews } from "./testViews.ts";

/** Square RGB images of one size, eight bits each, row after row, and the index of each one's class. */
interface LabelledPixels {
  count: number;
  pixels: Uint8Array;
  labels: ArrayLike<number>;
}

/**
 * How a model does, the logits it comes from ([images × the data's classes]: of several views their weighted mean), and the speed of its
 * forward passes, an image in all its views counted once. `oneView` is how it does where it sees each image once, as it is.
 */
export type ModelEvaluation = Evaluation & { oneView: Evaluation; logits: Float32Array; imagesPerSecond: number };

/** The images' size and classes, what the data are called, and in which views the model sees each image: as it is when left out. */
interface EvaluationTask {
  size: number;
  classes: readonly string[];
  data: string;
  views?: TestViews | undefined;
}

/** Images between two reports. */
const CHUNK = 250;

/**
 * Evaluates any installed model in ONNX Runtime on the images of a data set called `data`: prepared as its own card says, its classes
 * mapped to the data's by name (UserError `tested_classes` where some are missing). `report` hears how many are done, and may throw to
 * stop.
 */
export const evaluateClassifier = async (
  { card, bytes, blob }: TeacherModel,
  { count, pixels, labels }: LabelledPixels,
  { size, classes, data, views = "one" }: EvaluationTask,
  report: (done: number, of: number) => unknown = () => undefined,
): Promise<ModelEvaluation> => {
  const mapped = mapClasses(card, classes, data, "test");
  const classifier = await openClassifier(card, await openSession(blob, async () => bytes), { size });
  const length = size * size * 3;
  const logits = new Float32Array(count * classes.length);
  const asTheyAre = new Float32Array(logits.length);
  let ms = 0;
  for (let from = 0; from < count; from += CHUNK) {
    const images = pixels.subarray(from * length, Math.min(count, from + CHUNK) * length);
    const at = from * classes.length;
    for (const [index, view] of testViews[views].entries()) {
      const pass = await classifier.run(showIn(images, size, view));
      ms += pass.ms;
      const scores = selectLogits(card, pass.scores, mapped);
      if (index === 0) asTheyAre.set(scores, at);
      for (const [i, it] of scores.entries()) logits[at + i] = (logits[at + i] as number) + view.weight * it;
    }
    await report(Math.min(count, from + CHUNK), count);
  }
  const [evaluation, oneView] = [logits, asTheyAre].map((it) => evaluateLogits(it, labels, classes.length)) as [
    Evaluation,
    Evaluation,
  ];
  return { ...evaluation, oneView, logits, imagesPerSecond: Math.round((count * 1000) / ms) };
};

/**
 * Evaluates a model file of ours (NCHW, its first output the logits) that may have no card, on images of its own size. Labels are indices
 * of `classes`.
 */
export const evaluateModel = async (
  bytes: Uint8Array,
  images: LabelledPixels,
  { size, classes, normalisation, views }: Omit<EvaluationTask, "data"> & { normalisation: Normalisation },
): Promise<ModelEvaluation> => {
  const blob = createHash("sha256").update(bytes).digest("hex");
  const { inputs, outputs } = await openSession(blob, async () => bytes);
  const { mean, std, scale = 255, order = "RGB" } = normalisation;
  const card: ClassifierCard = {
    name: "the model",
    classes: [...classes],
    preprocessing: {
      ...{ resize: size, crop: size, squash: false, interpolation: "bilinear", scale, order },
      ...{ mean: [...mean], std: [...std] },
    },
    input: { name: inputs[0] ?? "", layout: "NCHW", height: size, width: size },
    output: { name: outputs[0] ?? "", kind: "logits" },
  };
  return evaluateClassifier({ card, bytes, blob }, images, { size, classes, data: "the images", views });
};
