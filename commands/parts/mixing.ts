import type { ArgsOf, CommandContext, OptionSpecs } from "../../src/chat/command.ts";
import type { JobInput, JobOutput, JobRequest } from "../../src/jobs/contracts.ts";
import type { Reply } from "../../src/reply.ts";
import type { Text } from "../../src/text.ts";
import { seedOption } from "./options.ts";
import { firstFrameNote, shuffleButton } from "./replies.ts";

/** The options of /cutmix and /mixup. */
export const mixOptions = {
  a: {
    kind: "image",
    ko: "사진1",
    about: { en: "the first picture; the result has its shape", ko: "첫 번째 사진. 결과는 이 모양을 따라요" },
    required: true,
  },
  b: { kind: "image", ko: "사진2", about: { en: "the second picture, mixed in", ko: "섞어 넣을 두 번째 사진" }, required: true },
  alpha: {
    kind: "number",
    ko: "알파",
    about: {
      en: "of Beta(alpha, alpha); 1 when left out: any share is as likely",
      ko: "Beta(알파, 알파). 기본값 1: 모든 비율이 같은 확률",
    },
    min: 0.1,
    max: 10,
  },
  seed: seedOption,
} as const satisfies OptionSpecs;
type MixArgs = ArgsOf<typeof mixOptions>;
type How = JobInput<"mix">["how"];

/** Asks for two pictures to be mixed. */
export const wishMix = (
  how: How,
  { seed: own, lang }: CommandContext,
  { a, b, alpha = 1, seed = own }: MixArgs,
): JobRequest<"mix"> => ({
  job: "mix",
  input: { how, a, b, alpha, seed, lang },
});

/** What is said about two mixed pictures. */
export const answerMix = (
  how: How,
  { seed: own, lang }: CommandContext,
  { a, b, alpha = 1, seed = own }: MixArgs,
  output: JobOutput<"mix">,
): Reply => {
  const { picture, weights, drawn, size, box, firstFrame } = output;
  const name = { cutmix: "CutMix", mixup: "MixUp" }[how];
  const share = `${weights.a.toFixed(2)} a + ${weights.b.toFixed(2)} b`;
  const text: Text = {
    en: `**${name}** · label ${share} · alpha ${alpha} · seed ${seed}`,
    ko: `**${name}** · 라벨 ${share} · 알파 ${alpha} · 시드 ${seed}`,
  };
  return {
    text: firstFrame ? `${text[lang]}\n${firstFrameNote[lang]}` : text[lang],
    pictures: [picture],
    buttons: [shuffleButton(how, { a, b, alpha, seed }, seed, lang)],
    data: { how, alpha, seed, weights, drawn, size, ...(box && { box }), firstFrame },
  };
};
