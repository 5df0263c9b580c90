import { command } from "../src/chat/command.ts";
import { augmentationLabels, augmentationNames } from "../src/images/augment/names.ts";
import type { Button } from "../src/reply.ts";
import { imageToVary, seedOption, variantsOption } from "./parts/options.ts";
import { firstFrameNote, shuffleButton } from "./parts/replies.ts";

/** How far one press of stronger or weaker goes. */
const STEP = 0.25;

/** Shows what an augmentation does to the asker's own picture: the original and n variants on one sheet. */
export const augment = command({
  name: "augment",
  ko: "증강",
  about: { en: "Show augmented variants of your picture", ko: "내 사진의 증강 결과를 보여 주기" },
  options: {
    image: imageToVary,
    op: {
      kind: "choice",
      ko: "변형",
      about: { en: "which augmentation; each once when left out", ko: "어떤 변형인지. 비우면 모두 한 번씩" },
      of: augmentationNames,
      labels: augmentationLabels,
    },
    strength: {
      kind: "number",
      ko: "강도",
      about: { en: "0 changes nothing, 1 is the most; 0.5 when left out", ko: "0은 그대로, 1은 가장 세게. 기본값 0.5" },
      min: 0,
      max: 1,
    },
    n: variantsOption,
    seed: seedOption,
  },
  run: async ({ seed: own, lang }, { image, op, strength = 0.5, n = 8, seed = own }) => ({
    job: "augment",
    input: { image, op, strength, n, seed, lang },
  }),
  answer: async ({ seed: own, lang }, { image, op, strength = 0.5, n = 8, seed = own }, { output }) => {
    const { picture, tiles, firstFrame } = output;
    const what = op ? augmentationLabels[op] : { en: "one of each augmentation", ko: "모든 변형 한 번씩" };
    const text = {
      en: `**${what.en}** · strength ${strength} · ${tiles.length} ${tiles.length === 1 ? "variant" : "variants"} · seed ${seed}`,
      ko: `**${what.ko}** · 강도 ${strength} · 변형 ${tiles.length}장 · 시드 ${seed}`,
    };
    const again = { image, ...(op && { op }), strength, n, seed };
    const at = (label: string, to: number): Button => ({
      label,
      command: "augment",
      args: { ...again, strength: Math.round(to * 100) / 100 },
      inPlace: true,
    });
    return {
      text: firstFrame ? `${text[lang]}\n${firstFrameNote[lang]}` : text[lang],
      pictures: [picture],
      buttons: [
        shuffleButton("augment", again, seed, lang),
        ...(strength < 1 ? [at({ en: "Stronger", ko: "더 세게" }[lang], Math.min(1, strength + STEP))] : []),
        ...(strength > 0 ? [at({ en: "Weaker", ko: "더 약하게" }[lang], Math.max(0, strength - STEP))] : []),
      ],
      data: { op: op ?? null, strength, seed, tiles, firstFrame },
    };
  },
});
