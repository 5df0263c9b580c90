import { putPicture } from "../src/blobs/picture.ts";
import { loadData } from "../src/data/load.ts";
import { splitIndices } from "../src/data/split.ts";
import { learningRateCurve } from "../src/draw/learningRateCurve.ts";
import type { Handler } from "../src/jobs/context.ts";
import { findNet } from "../src/nets/index.ts";
import type { Arm } from "../src/runs/experiment.ts";
import { train } from "../src/runs/experiments/train.ts";
import { findLearningRate, searchSteps } from "../src/runs/findLearningRate.ts";
import { workOf } from "../src/runs/presets.ts";

/** The size of the pictures where no network says it. */
const SIZE = 32;

/** Looks for a learning rate, for the network as /train would train it. */
export const learningRate: Handler<"learningRate"> = async ({ net, data, seed, lang }, context) => {
  const started = performance.now();
  const { blobs, dataFolder, workShare, signal, report } = context;
  const dataset = await loadData(data, { folder: dataFolder, size: findNet(net)?.size ?? SIZE, read: blobs.get });
  const work = workOf("taste") * workShare;
  const spec = { kind: "train", net, data: dataset.name, preset: "taste", seed, seeds: 1 } as const;
  const experiment = train({ spec, dataset, ...splitIndices(dataset.train), models: {}, work, signal });
  const [arm] = (await experiment.arms(seed, [])) as [Arm];
  const steps = searchSteps(arm, dataset.classes.length, work);
  const note = { en: "raising the learning rate step by step", ko: "학습률을 한 스텝씩 올리는 중" };
  const onStep = (step: number) => report({ done: step, of: steps, note });
  const curve = await findLearningRate(arm, { dataset, steps, onStep, signal });
  const { suggestion } = curve;
  const alt = {
    en: `Loss of ${net} on ${dataset.name} at rising learning rates; ${suggestion.toPrecision(2)} is suggested`,
    ko: `학습률을 올릴 때 ${dataset.name} 데이터에서 ${net} 신경망의 손실. 추천하는 값은 ${suggestion.toPrecision(2)}`,
  }[lang];
  return {
    ...{ net: arm.net.name, data: dataset.name, suggestion, points: [...curve.points] },
    ...{ batch: Math.min(arm.data.batch, arm.data.pictures.length), optimiser: "SGD, Nesterov momentum 0.9" },
    seconds: (performance.now() - started) / 1000,
    pictures: [await putPicture(blobs, learningRateCurve(curve, lang), { name: "learning-rate", alt })],
  };
};
