import { classifiedBox } from "../src/draw/classificationCard.ts";
import type { Handler } from "../src/jobs/context.ts";
import { predictTop } from "./classify.ts";
import { openPhoto } from "./parts/openPhoto.ts";

/** Shows a picture to one of several models. */
export const predict: Handler<"predict"> = async ({ image: file, model, turn }, { blobs, report }) => {
  const { name } = model.card;
  await report({ ...turn, note: { en: name, ko: name } });
  const { image } = await openPhoto(file, [model.card], classifiedBox, { blobs });
  return predictTop(model, image, { blobs });
};
