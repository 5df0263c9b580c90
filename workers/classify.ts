import { classified, inWords } from "../src/draw/classified.ts";
import { drawn } from "../src/draw/drawn.ts";
import { decode } from "../src/images/decode.ts";
import { keepPicture } from "../src/images/encode.ts";
import type { Image } from "../src/images/image.ts";
import { inlined } from "../src/images/inline.ts";
import { look, openModel } from "../src/inference/predict.ts";
import { topOf } from "../src/inference/score.ts";
import type { Handler, JobContext } from "../src/jobs/context.ts";
import type { JobInput } from "../src/jobs/contracts.ts";

/** More pixels than any model here reads; a 12-megapixel photo is opened at a fraction of its size. */
export const OPENED = { width: 1600, height: 1600 };
/** A photo on a chart has at most this many pixels a side. */
export const DRAWN_SIDE = 1000;
const SHOWN = 5;

/** What a model says about a picture: its likeliest classes, and the milliseconds of one pass, to a tenth. */
export const ask = async (model: JobInput<"classify">["model"], image: Image, { blobs }: Pick<JobContext, "blobs">) => {
  const { probabilities, ms } = await look(await openModel(model, blobs.get), image);
  return { top: topOf(probabilities, model.card.classes, SHOWN), ms: Math.round(ms * 10) / 10 };
};

/** Shows one picture to one model, and draws what it thinks. */
export const classify: Handler<"classify"> = async ({ image: file, model, lang }, { blobs }) => {
  const { image, firstFrame } = await decode(await blobs.get(file.blob), OPENED);
  const { name, params, macs } = model.card;
  const answer = { model: name, ...(await ask(model, image, { blobs })) };
  const chart = drawn(classified(await inlined(image, DRAWN_SIDE), { ...answer, params, macs }, lang));
  return { ...answer, firstFrame, picture: await keepPicture(blobs, chart, { name: "classify", alt: inWords(answer) }) };
};
