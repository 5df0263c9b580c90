import type { Dataset } from "../src/data/dataset.ts";
import { selectImages } from "../src/data/dataset.ts";
import { loadData } from "../src/data/load.ts";
import { calibrationOf } from "../src/inference/calibration.ts";
import { evaluateClassifier } from "../src/inference/evaluate.ts";
import { accuracyPerClass } from "../src/inference/evaluation.ts";
import { highestLoss } from "../src/inference/highestLoss.ts";
import { mostConfused } from "../src/inference/mostConfused.ts";
import type { Handler } from "../src/jobs/context.ts";
import type { Evaluated } from "../src/jobs/contracts/evaluate.ts";
import { shuffled } from "../src/random.ts";

/** Others wait for their classifications meanwhile: so many multiply-accumulates take two cores about a minute. */
const WORK = 1.5e12;
/** Fewer pictures say little, however slow the model. */
const LEAST_PICTURES = 500;
/** Of a model whose work could not be counted. */
const UNKNOWN_MACS = 2e9;
const SAMPLE_SEED = 1;
/** A group's own pictures are opened at most this large: more pixels make no class plainer, and all of them lie in memory. */
const MAX_SIDE = 512;

const CONFUSED = 5;
const HIGHEST_LOSS = 9;

/** The test pictures that a model is shown, as indices: all, or a sample that is always the same. */
const chooseTest = ({ test }: Dataset, macs: number): Uint32Array => {
  const count = Math.min(test.count, Math.max(LEAST_PICTURES, Math.floor(WORK / macs)));
  return shuffled(test.count, SAMPLE_SEED).slice(0, count).sort();
};

/** Shows a model the test pictures of a data set, and finds out where it errs. */
export const evaluate: Handler<"evaluate"> = async ({ model: { card, blob }, data }, { blobs, dataFolder, signal, report }) => {
  const side = Math.min(MAX_SIDE, card.preprocessing.resize);
  const dataset = await loadData(data, { folder: dataFolder, size: side, read: blobs.get });
  const { classes, size, name } = dataset;
  const indices = chooseTest(dataset, card.macs ?? UNKNOWN_MACS);
  const images = indices.length === dataset.test.count ? dataset.test : selectImages(dataset.test, size, indices);
  const model = { card, blob, bytes: await blobs.get(blob) };
  const evaluation = await evaluateClassifier(model, images, { size, classes, data: name }, async (done, of) => {
    signal.throwIfAborted();
    await report({ done, of, note: { en: `shown ${done} of ${of} pictures`, ko: `사진 ${of}장 중 ${done}장을 봤어요` } });
  });
  const { accuracy, correct, total, loss, confusion, logits, imagesPerSecond } = evaluation;
  const shares = accuracyPerClass(evaluation);
  const nameOf = (label: number) => classes[label] ?? "";
  const evaluated: Evaluated = {
    ...{ model: card.name, data: name, total, of: dataset.test.count, accuracy, correct, loss, confusion, imagesPerSecond },
    perClass: classes.map((it, label) => ({
      ...{ name: it, accuracy: shares[label] ?? 0 },
      total: (confusion[label] ?? []).reduce((sum, count) => sum + count, 0),
    })),
    confused: [...mostConfused(confusion, classes, CONFUSED)],
    calibration: calibrationOf(logits, images.labels, classes.length),
    highestLoss: highestLoss(logits, images.labels, classes.length, HIGHEST_LOSS).map(
      ({ index, actual, predicted, ...rest }) => ({
        ...{ index: indices[index] as number, actual: nameOf(actual), predicted: nameOf(predicted) },
        ...rest,
      }),
    ),
  };
  return { ...evaluated, pictures: [] };
};
