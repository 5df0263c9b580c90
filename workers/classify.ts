import { classified } from "../src/draw/classified.ts";
import { compared } from "../src/draw/compared.ts";
import { drawn } from "../src/draw/drawn.ts";
import { decode } from "../src/images/decode.ts";
import { encodeJpeg } from "../src/images/encode.ts";
import { inlined } from "../src/images/inline.ts";
import type { Handler } from "../src/jobs/handler.ts";
import { look, openModel } from "../src/models/look.ts";
import { topOf } from "../src/models/score.ts";

/** More pixels than any model here reads; a 12-megapixel photo is opened at a fraction of its size. */
export const OPENED = { width: 1600, height: 1600 };
const DRAWN_SIDE = 1000;
const SHOWN = 5;

/** Shows one picture to one or several models, and draws what they think. */
export const classify: Handler<"classify"> = async ({ image: file, models, lang }, { blobs, signal, report }) => {
  const { image, firstFrame } = await decode(await blobs.get(file.blob), OPENED);
  const answers = [];
  for (const [done, { blob, card }] of models.entries()) {
    signal.throwIfAborted();
    if (models.length > 1) await report({ done, of: models.length, note: { en: card.name, ko: card.name } });
    const { probabilities, ms } = await look(await openModel({ blob, card }, blobs.get), image);
    answers.push({ model: card.name, params: card.params, macs: card.macs, ms, top: topOf(probabilities, card.classes, SHOWN) });
  }
  const photo = await inlined(image, DRAWN_SIDE);
  const [only] = answers;
  const picture = drawn(only && answers.length === 1 ? classified(photo, only, lang) : compared(photo, answers, lang));
  const alt = answers
    .map((it) => `${it.model}: ${it.top.map((guess) => `${guess.label} ${(guess.probability * 100).toFixed(1)} %`).join(", ")}`)
    .join("; ");
  const { width, height } = picture;
  return {
    firstFrame,
    picture: await blobs.put(await encodeJpeg(picture), { name: "classify.jpg", type: "image/jpeg", width, height, alt }),
    models: answers.map(({ model, top, ms }) => ({ model, top, ms: Math.round(ms * 10) / 10 })),
  };
};
