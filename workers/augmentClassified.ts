import type { Image } from "../src/images/image.ts";
import { loadModel } from "../src/inference/predict.ts";
import { predictPicture } from "../src/inference/views.ts";
import type { Handler } from "../src/jobs/context.ts";
import { type Prediction, topPredictions } from "../src/models/prediction.ts";
import { shownLabel } from "../src/models/shownLabel.ts";
import type { Language } from "../src/text.ts";
import { drawSheet, drawTile } from "./parts/augmentSheet.ts";
import { applyVariant, drawVariants, openAtTileSize } from "./parts/variants.ts";

const rounded = (share: number) => `${Math.round(100 * share)} %`;
const still = { en: "still ", ko: "여전히 " } as const;
const now = { en: "now ", ko: "이제 " } as const;

/** What a model says of a variant, beside what it says of the original: "still dog 81 %", "now cat 44 %". */
const noteOf = (said: Prediction, original: Prediction, lang: Language) => {
  const isChanged = said.index !== original.index;
  return {
    text: `${(isChanged ? now : still)[lang]}${shownLabel(said, lang)} ${rounded(said.probability)}`,
    ...(isChanged && { isChanged: true as const }),
  };
};

/** An augmentation whose every variant, at the size of its tile, is shown to a model. */
export const augmentClassified: Handler<"augmentClassified"> = async ({ model, ...input }, context) => {
  const start = performance.now();
  const { image, firstFrame, original: size } = await openAtTileSize(input.image, context);
  const variants = drawVariants(input, size);
  const { tile } = input;
  const loaded = await loadModel(model, context.blobs.get);
  const ask = async (it: Image): Promise<Prediction> => {
    context.signal.throwIfAborted();
    const { probabilities } = await predictPicture(loaded, it);
    return topPredictions(probabilities, model.card.classes, 1)[0] as Prediction;
  };
  const original = await ask(image);
  const shown = tile === undefined ? variants : variants.slice(Math.max(0, tile - 1), tile);
  const tiles = [];
  for (const variant of shown) {
    const seen = applyVariant(image, variant);
    const prediction = await ask(seen);
    tiles.push({ variant, image: seen, prediction, note: noteOf(prediction, original, input.lang) });
    const count = { en: `variant ${tiles.length} of ${shown.length}`, ko: `변형 ${tiles.length}/${shown.length}` };
    await context.report({ done: tiles.length, of: shown.length, note: count });
  }
  const reference = { image, note: { text: `${shownLabel(original, input.lang)} ${rounded(original.probability)}` } };
  const picture =
    tile === undefined
      ? await drawSheet(input, [reference, ...tiles.map(({ image, note }) => ({ image, note }))], variants, context)
      : await drawTile(input, tile, variants, context);
  return {
    picture,
    tiles: tiles.map(({ variant, prediction }) => ({ ...variant, prediction })),
    original,
    firstFrame,
    ms: Math.round(performance.now() - start),
  };
};
