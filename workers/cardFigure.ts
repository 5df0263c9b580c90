import { putPicture } from "../src/blobs/picture.ts";
import { samplePictures } from "../src/draw/samplePictures.ts";
import { topicDiagram } from "../src/draw/topicDiagrams.ts";
import type { FileRef } from "../src/files.ts";
import { encodeJpeg } from "../src/images/encode.ts";
import type { Handler, JobContext } from "../src/jobs/context.ts";
import { arch } from "./arch.ts";
import { augment } from "./augment.ts";
import { mix } from "./mix.ts";
import { cardFigures } from "./parts/cardFigures.ts";
import { policy } from "./policy.ts";

/** Variants on a sheet: with the original three full rows. */
const VARIANTS = 8;

/** One of our own pictures, where none was given. */
const sample = async (which: keyof typeof samplePictures, { blobs }: JobContext): Promise<FileRef> =>
  blobs.put(await encodeJpeg(samplePictures[which]()), { name: `${which}.jpg`, type: "image/jpeg" });

/** Draws a card's figure: its diagram, or what the command it is about would draw. */
export const cardFigure: Handler<"cardFigure"> = async ({ topic, image, second, seed, lang }, context) => {
  if (topic === "temperature") throw new Error("Expected a topic that is drawn without a model");
  const figure = cardFigures[topic];
  if (figure.kind === "diagram") {
    const { image: drawn, alt } = topicDiagram(figure.topic, lang);
    return { picture: await putPicture(context.blobs, drawn, { name: `card-${topic}`, alt }) };
  }
  if (figure.kind === "arch") return { picture: (await arch({ net: figure.net, lang }, context)).picture };
  const first = image ?? (await sample("house", context));
  if (figure.kind === "cutmix") {
    const b = second ?? (await sample("boat", context));
    return { picture: (await mix({ how: "cutmix", a: first, b, alpha: 1, seed, lang }, context)).picture };
  }
  if (figure.kind === "policy") {
    const input = { image: first, policy: figure.policy, n: VARIANTS, seed, lang };
    return { picture: (await policy(input, context)).picture };
  }
  const { op, strength, variants: n = VARIANTS } = figure;
  const input = { image: first, ...(op && { op }), strength, n, seed, lang };
  return { picture: (await augment(input, context)).picture };
};
