import { command } from "../src/chat/command.ts";
import { imageToVary, seedOption, variantsOption } from "./parts/options.ts";
import { firstFrameNote, shuffleButton } from "./parts/replies.ts";

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
  run: async ({ seed: own, lang }, { image, n = 8, seed = own }) => ({
    job: "policy",
    input: { image, policy: { kind: "trivialaugment" }, n, seed, lang },
  }),
  answer: async ({ seed: own, lang }, { image, n = 8, seed = own }, { output }) => {
    const { picture, tiles, firstFrame } = output;
    const text = {
      en: `**TrivialAugmentWide** · one operation each, any strength · seed ${seed}`,
      ko: `**TrivialAugmentWide** · 변형 하나씩, 세기는 무작위 · 시드 ${seed}`,
    };
    return {
      text: firstFrame ? `${text[lang]}\n${firstFrameNote[lang]}` : text[lang],
      pictures: [picture],
      buttons: [shuffleButton("trivialaugment", { image, n, seed }, seed, lang)],
      data: { policy: { kind: "trivialaugment" }, seed, tiles, firstFrame },
    };
  },
});
