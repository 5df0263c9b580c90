import { z } from "zod";
import { command } from "../src/chat/command.ts";
import { policy } from "../src/jobs/contracts/policy.ts";
import { labelButtons } from "./parts/labelButtons.ts";
import { imageToVary, seedOption, variantsOption } from "./parts/options.ts";
import { fields, linesOf, shuffleButton } from "./parts/replies.ts";

/** Shows what TrivialAugmentWide draws for the asker's picture: one operation each, at any strength, nothing to tune. */
export const trivialaugment = command({
  name: "trivialaugment",
  ko: "트리비얼증강",
  about: { en: "Show TrivialAugmentWide on your picture", ko: "내 사진에 TrivialAugmentWide 적용해 보기" },
  options: {
    image: imageToVary,
    n: variantsOption,
    seed: seedOption,
  },
  data: z.object({
    policy: z.object({ kind: z.literal("trivialaugment") }),
    seed: fields.seed,
    tiles: policy.output.shape.tiles.describe("in the order of the sheet, without the original; each with one operation"),
    firstFrame: fields.firstFrame,
  }),
  run: async ({ lang }, { image, n, seed }) => ({
    job: "policy",
    input: { image, policy: { kind: "trivialaugment" }, n, seed, lang },
  }),
  answer: async (context, { image, n, seed }, { output: { picture, tiles, firstFrame } }) => {
    const { lang } = context;
    const text = {
      en: `**TrivialAugmentWide** · one operation each, any strength · seed ${seed}`,
      ko: `**TrivialAugmentWide** · 변형 하나씩, 세기는 무작위 · 시드 ${seed}`,
    }[lang];
    const buttons = [shuffleButton("trivialaugment", { image, n, seed }, seed, lang)];
    return {
      text: linesOf([text], firstFrame, lang),
      pictures: [picture],
      buttons: [...buttons, ...(await labelButtons(context, image, buttons))],
      data: { policy: { kind: "trivialaugment" as const }, seed, tiles, firstFrame },
    };
  },
});
