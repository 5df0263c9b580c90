import { putPicture } from "../src/blobs/picture.ts";
import { type Dataset, selectImages } from "../src/data/dataset.ts";
import { loadData } from "../src/data/load.ts";
import { calibrationChart } from "../src/draw/calibrationChart.ts";
import { confusionCard } from "../src/draw/confusionCard.ts";
import { highestLossSheet } from "../src/draw/highestLossSheet.ts";
import { calibrationOf } from "../src/inference/calibration.ts";
import { evaluateClassifier } from "../src/inference/evaluate.ts";
import { accuracyPerClass } from "../src/inference/evaluation.ts";
import { highestLoss } from "../src/inference/highestLoss.ts";
import { mostConfused } from "../src/inference/mostConfused.ts";
import { type TestViews, testViews } from "../src/inference/testViews.ts";
import type { Handler, JobContext } from "../src/jobs/context.ts";
import type { Evaluated } from "../src/jobs/contracts/evaluate.ts";
import { shownClass } from "../src/models/shownLabel.ts";
import { percent } from "../src/numbers.ts";
import { shuffled } from "../src/random.ts";
import type { Language, Text } from "../src/text.ts";

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

/** What a picture says of the views, where there were several. */
const inViews: Readonly<Record<TestViews, Text>> = {
  one: { en: "", ko: "" },
  mirror: { en: ", with their mirror images", ko: " (좌우반전 평균)" },
  six: { en: ", in six views", ko: " (여섯 뷰 평균)" },
};

/** The test pictures that a model is shown, as indices: all, or a sample that is always the same. `macs` are what each takes. */
const chooseTest = ({ test }: Dataset, macs: number): Uint32Array => {
  const count = Math.min(test.count, Math.max(LEAST_PICTURES, Math.floor(WORK / macs)));
  return shuffled(test.count, SAMPLE_SEED).slice(0, count).sort();
};

/** Where a model errs, how far its confidence can be believed, and the pictures it finds hardest. */
const draw = async (evaluated: Evaluated, { test, size, ...dataset }: Dataset, lang: Language, { blobs }: JobContext) => {
  const { model, data, accuracy, total, confusion, calibration, highestLoss: hardest, views } = evaluated;
  const right = percent(accuracy);
  const called = (label: string) => shownClass(data, label, lang);
  const classes = dataset.classes.map(called);
  const title = { en: `${model} on ${data}`, ko: `${data} 데이터에서 ${model}` }[lang];
  const seen = inViews[views][lang];
  const subtitle = {
    en: `${right} of ${total} test pictures right${seen}`,
    ko: `테스트 사진 ${total}장 중 ${right} 맞힘${seen}`,
  }[lang];
  const length = size * size * 3;
  const pictures = hardest.map(({ index, actual, predicted, ...it }) => ({
    ...{ ...it, actual: called(actual), predicted: called(predicted) },
    image: { width: size, height: size, data: test.pixels.slice(index * length, (index + 1) * length) },
  }));
  const first = pictures[0];
  const alts = {
    confusion: {
      en: `Confusion matrix of ${title}, ${right} right`,
      ko: `${title}의 혼동 행렬, 정확도 ${right}`,
    },
    calibration: {
      en: `Reliability diagram of ${title}, calibration error ${percent(calibration.error)}`,
      ko: `${title}의 신뢰도 그림, 보정 오차 ${percent(calibration.error)}`,
    },
    hardest: {
      en: `The pictures with the highest loss${first ? `: first ${first.actual}, taken for ${first.predicted}` : ""}`,
      ko: `손실이 가장 큰 사진들${first ? `. 첫 번째는 ${first.actual}, 모델의 답은 ${first.predicted}` : ""}`,
    },
  };
  return Promise.all([
    putPicture(blobs, confusionCard({ title, subtitle, classes, confusion }, lang), {
      name: "confusion",
      alt: alts.confusion[lang],
    }),
    putPicture(blobs, calibrationChart({ title, subtitle, bins: calibration.bins, ece: calibration.error }, lang), {
      ...{ name: "calibration", alt: alts.calibration[lang] },
    }),
    putPicture(blobs, highestLossSheet({ subtitle: title, pictures }, lang), { name: "highest-loss", alt: alts.hardest[lang] }),
  ]);
};

/** Shows a model the test pictures of a data set, and finds out where it errs. */
export const evaluate: Handler<"evaluate"> = async ({ model: { card, blob }, data, views, lang }, context) => {
  const { blobs, dataFolder, signal, report } = context;
  const side = Math.min(MAX_SIDE, card.preprocessing.resize);
  const dataset = await loadData(data, { folder: dataFolder, size: side, read: blobs.get, testOnly: true });
  const { classes, size, name } = dataset;
  const indices = chooseTest(dataset, testViews[views].length * (card.macs ?? UNKNOWN_MACS));
  const images = indices.length === dataset.test.count ? dataset.test : selectImages(dataset.test, size, indices);
  const model = { card, blob, bytes: await blobs.get(blob) };
  const evaluation = await evaluateClassifier(model, images, { size, classes, data: name, views }, async (done, of) => {
    signal.throwIfAborted();
    await report({ done, of, note: { en: `shown ${done} of ${of} pictures`, ko: `사진 ${of}장 중 ${done}장을 봤어요` } });
  });
  const { accuracy, correct, total, oneView, loss, confusion, logits, imagesPerSecond } = evaluation;
  const shares = accuracyPerClass(evaluation);
  const nameOf = (label: number) => classes[label] ?? "";
  const evaluated: Evaluated = {
    ...{
      model: card.name,
      data: name,
      total,
      of: dataset.test.count,
      views,
      accuracy,
      correct,
      loss,
      confusion,
      imagesPerSecond,
    },
    oneView: { accuracy: oneView.accuracy, correct: oneView.correct },
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
  return { ...evaluated, pictures: await draw(evaluated, dataset, lang, context) };
};
