import { z } from "zod";
import { command } from "../src/chat/command.ts";
import { augmentationLabels, augmentationNames } from "../src/images/augment/names.ts";
import { Applied } from "../src/jobs/contracts/augment.ts";
import type { Button } from "../src/reply.ts";
import { labelButtons } from "./parts/labelButtons.ts";
import { imageToVary, seedOption, variantsOption } from "./parts/options.ts";
import { fields, linesOf, shuffleButton } from "./parts/replies.ts";

/** How far one press of stronger or weaker goes. */
const STEP = 0.25;

/** Shows what an augmentation does to the asker's own picture: the original and n variants on one sheet. */
export const augment = command({
  name: "augment",
  ko: "증강",
  about: { en: "Show augmented variants of your picture", ko: "내 사진의 증강 결과 보기" },
  message: { en: "Augment", ko: "증강" },
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
      about: { en: "0 changes nothing, 1 is the most", ko: "0은 그대로, 1은 가장 세게" },
      min: 0,
      max: 1,
      default: 0.5,
    },
    n: variantsOption,
    seed: seedOption,
  },
  data: z.object({
    op: z.enum(augmentationNames).nullable().describe("null when it was left out: then each augmentation appears once"),
    strength: z.number(),
    seed: fields.seed,
    tiles: z.array(Applied).describe("in the order of the sheet, without the original"),
    firstFrame: fields.firstFrame,
  }),
  run: async ({ lang }, { image, op, strength, n, seed }) => ({
    job: "augment",
    input: { image, op, strength, n, seed, lang },
  }),
  answer: async (context, { image, op, strength, n, seed }, { output: { picture, tiles, firstFrame } }) => {
    const { lang } = context;
    const what = op ? augmentationLabels[op] : { en: "one of each augmentation", ko: "모든 변형 한 번씩" };
    const text = {
      en: `**${what.en}** · strength ${strength} · ${tiles.length} ${tiles.length === 1 ? "variant" : "variants"} · seed ${seed}`,
      ko: `**${what.ko}** · 강도 ${strength} · 변형 ${tiles.length}장 · 시드 ${seed}`,
    }[lang];
    const again = { image, ...(op && { op }), strength, n, seed };
    const at = (label: string, to: number): Button => ({
      label,
      command: "augment",
      args: { ...again, strength: Math.round(to * 100) / 100 },
      inPlace: true,
    });
    const buttons = [
      shuffleButton("augment", again, seed, lang),
      ...(strength < 1 ? [at({ en: "Stronger", ko: "더 세게" }[lang], Math.min(1, strength + STEP))] : []),
      ...(strength > 0 ? [at({ en: "Weaker", ko: "더 약하게" }[lang], Math.max(0, strength - STEP))] : []),
    ];
    return {
      text: linesOf([text], firstFrame, lang),
      pictures: [picture],
      buttons: [...buttons, ...(await labelButtons(context, image, buttons))],
      data: { op: op ?? null, strength, seed, tiles, firstFrame },
    };
  },
});
