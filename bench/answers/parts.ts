import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBlobs } from "../../src/blobs/blobs.ts";
import { classificationCard, classifiedBox } from "../../src/draw/classificationCard.ts";
import { renderPhotoCard } from "../../src/draw/photoCard.ts";
import { sheet, tileSize } from "../../src/draw/sheet.ts";
import { decode } from "../../src/images/decode.ts";
import { encodeJpeg } from "../../src/images/encode.ts";
import { loadModel } from "../../src/inference/predict.ts";
import { predictPicture } from "../../src/inference/views.ts";
import { readCard } from "../../src/models/cardMetadata.ts";
import { topPredictions } from "../../src/models/prediction.ts";
import { readModel } from "../../src/onnx/file.ts";
import { shippedFolder } from "../../src/store/shippedModels.ts";
import { applyVariant, drawVariants } from "../../workers/parts/variants.ts";

const WARM_UP = 5;
const TIMES = 20;
const MODEL = "airbench94.cifar10.onnx";

/** Does something until it is warm, then notes the processor milliseconds of it. Returns what it gave. */
const meter = (times: Record<string, number>) => {
  let turn = 0;
  return async <T>(name: string, work: (turn: number) => T | Promise<T>): Promise<T> => {
    for (let i = 0; i < WARM_UP; i++) await work(turn++);
    const before = process.cpuUsage();
    for (let i = 1; i < TIMES; i++) await work(turn++);
    const result = await work(turn++);
    const { user, system } = process.cpuUsage(before);
    times[name] = Math.round((user + system) / TIMES / 100) / 10;
    return result;
  };
};

/** What each part of a `/classify` and of an `/augment` costs inside the worker, in milliseconds of one processor. */
export const partsOf = async (photo: Uint8Array) => {
  const bytes = await readFile(join(shippedFolder, MODEL));
  const card = readCard(readModel(bytes));
  if (!card) throw new Error(`Expected a card in ${MODEL}`);
  const folder = await mkdtemp(join(tmpdir(), "peerlab-bench-"));
  const blobs = openBlobs(folder);
  const keep = (jpeg: Uint8Array) => blobs.put(jpeg, { name: "card.jpg", type: "image/jpeg" });
  const classify: Record<string, number> = {};
  const augment: Record<string, number> = {};
  try {
    const classifying = meter(classify);
    const { image } = await classifying("open", () => decode(photo, classifiedBox));
    const model = await loadModel({ blob: MODEL, card }, async () => bytes);
    const { probabilities, ms } = await classifying("network", () => predictPicture(model, image));
    const top = topPredictions(probabilities, card.classes, 5);
    // Each has costs of its own, as another model or another moment has.
    const answerOf = (turn: number) => ({ model: card.name, params: card.params, macs: card.macs, ms: ms + turn / 10, top });
    const drawn = await classifying("draw", (turn) => renderPhotoCard(classificationCard(image, answerOf(turn), "en")));
    const jpeg = await classifying("encode", () => encodeJpeg(drawn));
    await classifying("store", () => keep(jpeg));

    const augmenting = meter(augment);
    const { image: small, original } = await augmenting("open", () => decode(photo, { ...tileSize, enlarge: 2 }));
    const variantsOf = (seed: number) => drawVariants({ op: "rotate", strength: 0.5, n: 8, seed, lang: "en" }, original);
    const variants = variantsOf(1);
    const changed = await augmenting("augment", () => variants.map((it) => applyVariant(small, it)));
    const page = await augmenting("draw", (turn) => {
      const captions = variantsOf(turn).map((it) => it.caption);
      const tiles = [small, ...changed].map((image, index) => ({ image, caption: captions[index - 1] ?? "original" }));
      return sheet({ title: "Rotate", subtitle: `strength 0.5 · seed ${turn}` }, tiles);
    });
    const sheetJpeg = await augmenting("encode", () => encodeJpeg(page));
    await augmenting("store", () => keep(sheetJpeg));
    return { classify, augment };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
