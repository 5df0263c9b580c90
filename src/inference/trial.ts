import { UserError } from "../errors.ts";
import { normalise } from "../images/normalise.ts";
import type { Card } from "../models/card.ts";
import { describeRuntimeError } from "../onnx/runtimeError.ts";
import { type Rng, seeded } from "../random.ts";
import type { Text } from "../text.ts";
import { type Output, withSession } from "./session.ts";

interface TrialPicture {
  name: Text;
  /** The colour at a place, 0..255; x and y run from 0 to 1. */
  at(x: number, y: number): readonly [number, number, number];
}

const plain = (grey: number) => () => [grey, grey, grey] as const;

/**
 * What a model is tried on: a network that is quick and right on grey may be endless, or nothing but NaN, on a photo. The same
 * for every model, so that what was refused once is refused again.
 */
const pictures = (noise: Rng): readonly TrialPicture[] => [
  { name: { en: "a grey picture", ko: "회색 사진" }, at: plain(128) },
  { name: { en: "a black picture", ko: "검은 사진" }, at: plain(0) },
  { name: { en: "a white picture", ko: "흰 사진" }, at: plain(255) },
  { name: { en: "noise", ko: "잡음 사진" }, at: () => [256 * noise(), 256 * noise(), 256 * noise()] },
  {
    name: { en: "a drawn landscape", ko: "풍경 그림" }, // sky that fades, a sun, darker ground with a grain: most of what photos have
    at: (x, y) => {
      const grain = 24 * noise();
      if (Math.hypot(x - 0.7, y - 0.25) < 0.12) return [250, 220, 120];
      return y < 0.6
        ? [90 + 120 * y, 150 + 80 * y, 240 - 40 * x]
        : [60 + grain, 110 - 60 * (y - 0.6) + grain, 50 + 30 * x + grain];
    },
  },
];

const MAX_SECONDS = 10; // a third of what one picture may take when all models are asked, to leave time for opening a large file

const pixelsOf = ({ at }: TrialPicture, side: number): Uint8Array => {
  const rgb = new Uint8Array(3 * side * side);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) rgb.set(at(x / side, y / side).map(Math.floor), 3 * (y * side + x));
  return rgb;
};

/**
 * Shows a model several pictures and returns all it gave for the first. `scoresIn` finds the class scores in that, or throws. Throws
 * a `UserError` when the runtime cannot run it, when scores are not finite, and when it is too slow to be asked.
 */
export const tryPictures = async (
  bytes: Uint8Array,
  { preprocessing, layout }: { preprocessing: Card["preprocessing"]; layout: Card["input"]["layout"] },
  scoresIn: (outputs: Readonly<Record<string, Output>>) => Float32Array,
): Promise<Readonly<Record<string, Output>>> => {
  const side = preprocessing.crop;
  const dims = layout === "NCHW" ? [1, 3, side, side] : [1, side, side, 3];
  const tried = withSession(bytes, async (session) => {
    let first: Readonly<Record<string, Output>> | undefined;
    for (const picture of pictures(seeded(1))) {
      const { outputs, ms } = await session.run(normalise(pixelsOf(picture, side), preprocessing, layout), dims);
      if (!scoresIn(outputs).every(Number.isFinite)) throw new UserError("model_not_finite", { picture: picture.name });
      const seconds = Math.round(ms / 1000);
      if (seconds > MAX_SECONDS) throw new UserError("model_slow", { picture: picture.name, seconds, most: MAX_SECONDS });
      first ??= outputs;
    }
    return first ?? {};
  });
  return tried.catch((cause: unknown) => {
    throw cause instanceof UserError ? cause : new UserError("model_fails", { reason: describeRuntimeError(cause) }, { cause });
  });
};
