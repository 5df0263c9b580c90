import { z } from "zod";
import type { CommandContext } from "../../src/chat/command.ts";
import type { ArgsOf, OptionSpecs } from "../../src/chat/options.ts";
import { mix } from "../../src/jobs/contracts/mix.ts";
import type { JobInput, JobOutput, JobRequest } from "../../src/jobs/contracts.ts";
import { seedOption } from "./options.ts";
import { fields, linesOf, shuffleButton } from "./replies.ts";

/** The options of /cutmix and /mixup. */
export const mixOptions = {
  a: {
    kind: "image",
    ko: "사진1",
    about: { en: "the first picture; the result has its shape", ko: "첫 번째 사진. 결과는 이 사진의 모양을 따라요" },
    required: true,
  },
  b: { kind: "image", ko: "사진2", about: { en: "the second picture, mixed in", ko: "섞어 넣을 두 번째 사진" }, required: true },
  alpha: {
    kind: "number",
    ko: "알파",
    about: {
      en: "of Beta(alpha, alpha); at 1 every share is equally likely",
      ko: "Beta(알파, 알파)의 알파. 1이면 모든 비율이 같은 확률",
    },
    min: 0.1,
    max: 10,
    default: 1,
  },
  seed: seedOption,
} as const satisfies OptionSpecs;
type MixArgs = ArgsOf<typeof mixOptions>;
type How = JobInput<"mix">["how"];

const { weights, drawn, size, box } = mix.output.shape;

/** The data of /cutmix and /mixup. */
export const MixData = z.object({
  how: mix.input.shape.how,
  alpha: z.number(),
  seed: fields.seed,
  weights: weights.describe("of the two labels; they add up to 1"),
  drawn: drawn.describe("what Beta(alpha, alpha) gave; CutMix's weights differ from it where the box hangs over the edge"),
  size: size.describe("of the mixed picture, in pixels"),
  box: box.describe("CutMix: where b lies in the mixed picture, in pixels; `right` and `bottom` are the first ones outside"),
  firstFrame: fields.firstFrame,
});

/** Asks for two pictures to be mixed. */
export const requestMix = (how: How, { lang }: CommandContext, { a, b, alpha, seed }: MixArgs): JobRequest<"mix"> => ({
  job: "mix",
  input: { how, a, b, alpha, seed, lang },
});

/** What is said about two mixed pictures. */
export const answerMix = (how: How, { lang }: CommandContext, { a, b, alpha, seed }: MixArgs, output: JobOutput<"mix">) => {
  const { picture, weights, drawn, size, box, firstFrame } = output;
  const name = { cutmix: "CutMix", mixup: "MixUp" }[how];
  const share = `${weights.a.toFixed(2)} a + ${weights.b.toFixed(2)} b`;
  const text = {
    en: `**${name}** · label ${share} · alpha ${alpha} · seed ${seed}`,
    ko: `**${name}** · 라벨 ${share} · 알파 ${alpha} · 시드 ${seed}`,
  }[lang];
  return {
    text: linesOf([text], firstFrame, lang),
    pictures: [picture],
    buttons: [shuffleButton(how, { a, b, alpha, seed }, seed, lang)],
    data: { how, alpha, seed, weights, drawn, size, ...(box && { box }), firstFrame },
  };
};
