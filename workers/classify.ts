import { putPicture } from "../src/blobs/picture.ts";
import { classificationCard, classifiedBox, describeAnswer } from "../src/draw/classificationCard.ts";
import { renderPhotoCard } from "../src/draw/photoCard.ts";
import type { Image } from "../src/images/image.ts";
import { loadModel } from "../src/inference/predict.ts";
import { predictPicture } from "../src/inference/views.ts";
import type { Handler, JobContext } from "../src/jobs/context.ts";
import type { JobInput } from "../src/jobs/contracts.ts";
import { topPredictions, vocabularyOf } from "../src/models/prediction.ts";
import { openPhoto } from "./parts/openPhoto.ts";

const SHOWN = 5;

/** A model's most likely classes for a picture, and the milliseconds of one forward pass, to a tenth. */
export const predictTop = async (model: JobInput<"classify">["model"], image: Image, { blobs }: Pick<JobContext, "blobs">) => {
  const { probabilities, ms } = await predictPicture(await loadModel(model, blobs.get), image);
  return { top: topPredictions(probabilities, model.card.classes, SHOWN), ms: Math.round(ms * 10) / 10 };
};

/** Classifies one picture with one model, and draws the result. */
export const classify: Handler<"classify"> = async ({ image: file, model, lang }, { blobs }) => {
  const { image, firstFrame } = await openPhoto(file, [model.card], classifiedBox, { blobs });
  const { name, params, macs } = model.card;
  const found = await predictTop(model, image, { blobs });
  const vocabulary = vocabularyOf(model.card, found.top);
  const answer = { model: name, ...found, ...(vocabulary && { vocabulary }) };
  const drawn = { ...answer, params, macs, unsure: vocabulary?.unsure ?? false };
  const chart = await renderPhotoCard(classificationCard(image, drawn, lang));
  return {
    ...answer,
    firstFrame,
    picture: await putPicture(blobs, chart, { name: "classify", alt: describeAnswer(answer, lang) }),
  };
};
