import { drawn } from "../src/draw/drawn.ts";
import { explained } from "../src/draw/explained.ts";
import { overlay } from "../src/draw/overlay.ts";
import { decode } from "../src/images/decode.ts";
import { keepPicture } from "../src/images/encode.ts";
import { inlined } from "../src/images/inline.ts";
import { activationMap } from "../src/inference/classActivationMap.ts";
import { feedsOf } from "../src/inference/inputsOutputs.ts";
import { occlude } from "../src/inference/occlusion.ts";
import { type Look, look, openModel } from "../src/inference/predict.ts";
import { guessOf, topOf } from "../src/inference/score.ts";
import type { Handler } from "../src/jobs/context.ts";
import { viewOf } from "../src/onnx/graph.ts";
import { type PooledHead, pooledHead } from "../src/onnx/head.ts";
import { readModel } from "../src/onnx/read.ts";
import { withOutputs } from "../src/onnx/write.ts";
import { OPENED } from "./classify.ts";

const DRAWN_SIDE = 1000;

/** The features before pooling, if they are what the head says: a pooling over less than the whole map would not fit its weights. */
const mappable = ({ outputs }: Look, head: PooledHead | undefined, classes: number) => {
  const features = head && outputs[head.features];
  const channels = features?.dims[head?.layout === "NHWC" ? 3 : 1];
  return head && features?.dims.length === 4 && channels === (head.weights?.channels ?? classes) ? { features, head } : undefined;
};

/** Finds and draws where in a picture a model saw a class. */
export const explain: Handler<"explain"> = async (
  { image: file, model: { blob, card }, index, lang },
  { blobs, signal, report },
) => {
  const begun = performance.now();
  const { image, firstFrame } = await decode(await blobs.get(file.blob), OPENED);
  const { graph } = readModel(await blobs.get(blob));
  if (!graph) throw new Error(`Expected a graph in model ${card.name} (${blob})`);
  const head = pooledHead(viewOf(graph), card.output.name);
  const watch = head ? [head.features] : [];
  const model = await openModel({ blob, card }, blobs.get, { key: `+${watch}`, change: (bytes) => withOutputs(bytes, watch) });
  const seen = await look(model, image);
  const [top = guessOf(seen.probabilities, card.classes, 0)] = topOf(seen.probabilities, card.classes, 1);
  const target = guessOf(seen.probabilities, card.classes, index ?? top.index);
  const found = mappable(seen, head, card.classes.length);
  const batches = !feedsOf(graph)[0]?.type?.tensorType?.shape?.dim?.[0]?.dimValue;
  const heat = found
    ? activationMap(found.features, found.head, target.index)
    : await occlude(model, seen, { index: target.index, batches }, async (done, of) => {
        signal.throwIfAborted();
        await report({ done, of, note: { en: "covering one place after another", ko: "한 곳씩 가려 보는 중" } });
      });
  const method = found ? "cam" : "occlusion";
  const photos = await Promise.all([inlined(image, DRAWN_SIDE), inlined(overlay(image, heat, seen.seen), DRAWN_SIDE)]);
  const cut = seen.seen.width < 0.98 || seen.seen.height < 0.98;
  const picture = drawn(explained(...photos, { model: card.name, target, method, cut }, lang));
  const alt = {
    en: `Heat map of where ${card.name} saw ${target.label}`,
    ko: `${card.name} 모델이 ${target.label}을(를) 본 곳의 히트맵`,
  }[lang];
  return {
    model: card.name,
    firstFrame,
    picture: await keepPicture(blobs, picture, { name: "explain", alt }),
    ...{ method, target, top, ms: performance.now() - begun },
  } as const;
};
