import { decode } from "../src/images/decode.ts";
import type { Handler } from "../src/jobs/context.ts";
import { OPENED, predictTop } from "./classify.ts";

/** Shows a picture to one of several models. */
export const predict: Handler<"predict"> = async ({ image: file, model, turn }, { blobs, report }) => {
  const { name } = model.card;
  await report({ ...turn, note: { en: name, ko: name } });
  const { image } = await decode(await blobs.get(file.blob), OPENED);
  return predictTop(model, image, { blobs });
};
