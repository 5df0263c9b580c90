import { z } from "zod";
import { type CommandContext, command } from "../src/chat/command.ts";
import { augmentationLabels, augmentationNames } from "../src/images/augment/names.ts";
import { Tile } from "../src/jobs/contracts/augment.ts";
import type { JobOutput } from "../src/jobs/contracts.ts";
import { Prediction } from "../src/models/prediction.ts";
import { shownLabel } from "../src/models/shownLabel.ts";
import { percent } from "../src/numbers.ts";
import type { Args, Button, Control, Reply } from "../src/reply.ts";
import { escapeText } from "../src/richText.ts";
import { tableIn } from "../src/table.ts";
import type { Language } from "../src/text.ts";
import { labelButtons } from "./parts/labelButtons.ts";
import { modelChoices, toAsk } from "./parts/models.ts";
import { imageToVary, seedOption, variantsOption } from "./parts/options.ts";
import { fields, linesOf, shuffleButton } from "./parts/replies.ts";

/** How far one press of stronger or weaker goes. */
const STEP = 0.25;

type Done = JobOutput<"augment">;

/** The strength and the seed, to be changed in place, and the tiles, each to be opened. */
const controlsOf = (again: Args, strength: number, seed: number, { picture, tiles }: Done, lang: Language): Control[] => {
  const same = { command: "augment", args: again } as const;
  const at = (label: string, to: number) => ({ label, value: Math.round(to * 100) / 100 });
  const steps = [
    ...(strength < 1 ? [at({ en: "Stronger", ko: "더 세게" }[lang], Math.min(1, strength + STEP))] : []),
    ...(strength > 0 ? [at({ en: "Weaker", ko: "더 약하게" }[lang], Math.max(0, strength - STEP))] : []),
  ];
  const captions = [{ en: "original", ko: "원본" }[lang], ...tiles.map((it) => it.caption)];
  return [
    {
      ...{ ...same, inPlace: true, label: { en: "Strength", ko: "강도" }[lang], option: "strength" },
      ...{ kind: "number", min: 0, max: 1, value: strength, steps },
    },
    {
      ...{ ...same, inPlace: true, label: { en: "Seed", ko: "시드" }[lang], option: "seed" },
      ...{ kind: "number", min: seedOption.min, max: seedOption.max, whole: true, value: seed, steps: [] },
    },
    ...(picture.regions
      ? [
          {
            ...{ ...same, label: { en: "See one large", ko: "하나만 크게 보기" }[lang], option: "tile" },
            ...{ kind: "tile" as const, choices: captions },
          },
        ]
      : []),
  ];
};

const verdicts = {
  en: (model: string, label: string, kept: number, of: number) =>
    `${model} sees ${label} in the original, and still in ${kept} of ${of} ${of === 1 ? "variant" : "variants"}.`,
  ko: (model: string, label: string, kept: number, of: number) =>
    `${model}: 원본은 ${label}. 변형 ${of}장 중 ${kept}장은 같은 답이에요.`,
};

/** What a call needs to be imported before. */
const importsOf = (call: string): string[] => [
  ...(call.includes("torch.") ? ["import torch"] : []),
  ...(call.includes("Image.") ? ["from PIL import Image"] : []),
  "from torchvision.transforms.v2 import functional as F",
];

const parameterTable = (params: Done["tiles"][number]["params"], lang: Language) =>
  tableIn(
    lang,
    [
      { en: "Parameter", ko: "파라미터" },
      { en: "Value", ko: "값", right: true },
    ],
    Object.entries(params).map(([name, value]) => [name, String(Number(value.toFixed(4)))]),
  );

/** One tile by itself: what was done to it, how to do the same in Python, and what to ask a model about it. */
const aboutTile = (
  { lang }: Pick<CommandContext, "lang">,
  predict: string | undefined,
  { picture, tiles: [variant], original }: Done,
): Pick<Reply, "text" | "table"> & { buttons: readonly Button[] } => {
  const said = variant?.prediction ?? original;
  const lines = [
    variant ? `**${variant.caption}**` : { en: "**original**", ko: "**원본**" }[lang],
    ...(said && predict !== undefined ? [`${predict}: ${escapeText(shownLabel(said, lang))} ${percent(said.probability)}`] : []),
    ...(variant ? [...importsOf(variant.python), variant.python].map((line) => `\`${line}\``) : []),
  ];
  const model = predict === undefined ? {} : { model: predict };
  const asking = (label: string, name: string): Button => ({ label, command: name, args: { image: picture, ...model } });
  return {
    text: lines.join("\n"),
    ...(variant && { table: parameterTable(variant.params, lang) }),
    buttons: [asking({ en: "Classify", ko: "분류" }[lang], "classify"), asking({ en: "Explain", ko: "설명" }[lang], "explain")],
  };
};

/** Shows what an augmentation does to the asker's own picture: the original and n variants on one sheet, or one of them large. */
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
    predict: {
      kind: "choice",
      ko: "예측",
      about: { en: "a model, to say below every variant what it sees", ko: "모델 이름. 변형마다 무엇으로 보이는지 알려 줘요" },
      among: modelChoices,
    },
    tile: {
      kind: "number",
      ko: "타일",
      about: { en: "only this variant of the sheet, large; 0 is the original", ko: "시트에서 이 변형만 크게. 0은 원본" },
      min: 0,
      max: variantsOption.max,
      whole: true,
    },
  },
  data: z.object({
    op: z.enum(augmentationNames).nullable().describe("null when it was left out: then each augmentation appears once"),
    strength: z.number(),
    seed: fields.seed,
    tiles: z.array(Tile).describe("in the order of the sheet, without the original; with `tile` only that one"),
    original: Prediction.optional().describe("with `predict`: the model's likeliest class for the original"),
    firstFrame: fields.firstFrame,
  }),
  run: async (context, { image, op, strength, n, seed, predict, tile }) => {
    const input = { image, op, strength, n, seed, lang: context.lang, ...(tile !== undefined && { tile }) };
    if (predict === undefined) return { job: "augment", input };
    const { blob, card } = await toAsk(context, predict);
    return { job: "augmentClassified", input: { ...input, model: { blob, card } } };
  },
  answer: async (context, { image, op, strength, n, seed, predict, tile }, { output }) => {
    const { lang } = context;
    const { picture, tiles, original, firstFrame } = output;
    const data = { op: op ?? null, strength, seed, tiles, ...(original && { original }), firstFrame };
    if (tile !== undefined) {
      const { text, buttons, ...about } = aboutTile(context, predict, output);
      const labels = await labelButtons(context, picture, buttons);
      return { ...about, text: linesOf([text], firstFrame, lang), pictures: [picture], buttons: [...buttons, ...labels], data };
    }
    const what = op ? augmentationLabels[op] : { en: "one of each augmentation", ko: "모든 변형 한 번씩" };
    const text = {
      en: `**${what.en}** · strength ${strength} · ${tiles.length} ${tiles.length === 1 ? "variant" : "variants"} · seed ${seed}`,
      ko: `**${what.ko}** · 강도 ${strength} · 변형 ${tiles.length}장 · 시드 ${seed}`,
    }[lang];
    const kept = tiles.filter((it) => it.prediction?.index === original?.index).length;
    const verdict =
      original && predict !== undefined
        ? [verdicts[lang](predict, escapeText(shownLabel(original, lang)), kept, tiles.length)]
        : [];
    const again = { image, ...(op && { op }), strength, n, seed, ...(predict !== undefined && { predict }) };
    const shuffle = shuffleButton("augment", again, seed, lang);
    const controls = controlsOf(again, strength, seed, output, lang);
    // Strength takes two buttons of a row where there are no sliders.
    const row = [shuffle, ...controls.flatMap((it) => (it.kind === "number" ? it.steps : []))];
    return {
      text: linesOf([text, ...verdict], firstFrame, lang),
      pictures: [picture],
      buttons: [shuffle, ...(await labelButtons(context, image, row))],
      controls,
      data,
    };
  },
});
