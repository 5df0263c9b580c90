import { putPicture } from "../src/blobs/picture.ts";
import { explainedBox, explanationCard } from "../src/draw/explanationCard.ts";
import { overlayHeatMap } from "../src/draw/heatMap.ts";
import { renderPhotoCard } from "../src/draw/photoCard.ts";
import { classActivationMap } from "../src/inference/classActivationMap.ts";
import { inputsOf } from "../src/inference/inputsOutputs.ts";
import { occlusionMap } from "../src/inference/occlusion.ts";
import { type ForwardPass, loadModel, predict } from "../src/inference/predict.ts";
import type { Handler, JobContext } from "../src/jobs/context.ts";
import { predictionOf, topPredictions } from "../src/models/prediction.ts";
import { shownLabel } from "../src/models/shownLabel.ts";
import { findPooledHead, type PooledHead } from "../src/onnx/classifierHead.ts";
import { readModel, withOutputs } from "../src/onnx/file.ts";
import { viewGraph } from "../src/onnx/graph.ts";
import { openPhoto } from "./parts/openPhoto.ts";

/** The features before pooling, if they have the shape that the head needs: a pooling over less than the whole map would not fit its weights. */
const featuresOf = ({ outputs }: ForwardPass, head: PooledHead | undefined, classes: number) => {
  const features = head && outputs[head.features];
  const channels = features?.dims[head?.layout === "NHWC" ? 3 : 1];
  return head && features?.dims.length === 4 && channels === (head.weights?.channels ?? classes) ? { features, head } : undefined;
};

/** What is asked of a model's graph, of which reading takes as long as some passes over a photo. A warm child is shown the same few models. */
interface Known {
  head: PooledHead | undefined;
  /** Whether it takes several pictures at once. */
  batches: boolean;
}
const MOST_KNOWN = 20;
const known = new Map<string, Known>();

const knowModel = async (blob: string, output: string, { blobs }: Pick<JobContext, "blobs">): Promise<Known> => {
  const found = known.get(`${output} ${blob}`);
  if (found) return found;
  const { graph } = readModel(await blobs.get(blob));
  if (!graph) throw new Error(`Expected a graph in model ${blob}`);
  const batches = !inputsOf(graph)[0]?.type?.tensorType?.shape?.dim?.[0]?.dimValue;
  const it = { head: findPooledHead(viewGraph(graph), output), batches };
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(`${output} ${blob}`, it);
  return it;
};

/** Finds and draws where in a picture a model saw a class. */
export const explain: Handler<"explain"> = async (
  { image: file, model: { blob, card }, index, lang },
  { blobs, signal, report },
) => {
  const begun = performance.now();
  const { image, firstFrame } = await openPhoto(file, [card], explainedBox, { blobs });
  const { head, batches } = await knowModel(blob, card.output.name, { blobs });
  const watch = head ? [head.features] : [];
  const model = await loadModel({ blob, card }, blobs.get, { key: `+${watch}`, change: (bytes) => withOutputs(bytes, watch) });
  const pass = await predict(model, image);
  const [top = predictionOf(pass.probabilities, card.classes, 0)] = topPredictions(pass.probabilities, card.classes, 1);
  const target = predictionOf(pass.probabilities, card.classes, index ?? top.index);
  const found = featuresOf(pass, head, card.classes.length);
  const map = found
    ? classActivationMap(found.features, found.head, target.index)
    : await occlusionMap(model, pass, { index: target.index, batches }, async (done, of) => {
        signal.throwIfAborted();
        await report({ done, of, note: { en: "covering one place after another", ko: "한 곳씩 가려 보는 중" } });
      });
  const method = found ? "cam" : "occlusion";
  const cut = pass.seen.width < 0.98 || pass.seen.height < 0.98;
  const heatMap = overlayHeatMap(image, map, pass.seen);
  const picture = await renderPhotoCard(explanationCard(image, heatMap, { model: card.name, target, method, cut }, lang));
  const alt = {
    en: `Heat map of where ${card.name} saw ${target.label}`,
    ko: `${card.name} 모델이 ${shownLabel(target, "ko")} 클래스를 판단할 때 본 곳의 히트맵`,
  }[lang];
  return {
    model: card.name,
    firstFrame,
    picture: await putPicture(blobs, picture, { name: "explain", alt }),
    ...{ method, target, top, ms: performance.now() - begun },
  } as const;
};
