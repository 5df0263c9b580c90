import { command } from "../src/chat/command.ts";
import { percent } from "../src/numbers.ts";
import { classIndex, installed, toAsk } from "./parts/models.ts";
import { firstFrameNote } from "./parts/replies.ts";

const methods = {
  cam: {
    en: "class activation map: the last feature map, weighed as the model weighs it for this class",
    ko: "클래스 활성화 맵: 마지막 특징 맵에 이 클래스의 가중치를 곱한 것",
  },
  occlusion: {
    en: "occlusion: the red places made this class less likely when they were covered",
    ko: "가림 실험: 빨간 곳을 가리면 이 클래스의 확률이 떨어졌어요",
  },
};

/** Shows where in a picture a model saw a class. */
export const explain = command({
  name: "explain",
  ko: "설명",
  about: { en: "See what a CNN looked at", ko: "CNN이 사진의 어디를 보았는지 보기" },
  options: {
    image: { kind: "image", ko: "사진", about: { en: "the picture to explain", ko: "설명할 사진" }, required: true },
    model: {
      kind: "choice",
      ko: "모델",
      about: { en: "which model; the best one when left out", ko: "모델 이름. 비우면 가장 좋은 모델" },
      among: async (context) => (await installed(context)).map(({ name }) => ({ value: name, label: { en: name, ko: name } })),
    },
    class: {
      kind: "text",
      ko: "클래스",
      about: { en: "which class to look for; the model's first choice when left out", ko: "찾아볼 클래스. 비우면 모델의 1순위" },
    },
  },
  run: async (context, { image, model, class: wanted }) => {
    const { blob, card } = await toAsk(context, model);
    const index = wanted === undefined ? {} : { index: classIndex(wanted, card) };
    return { job: "explain", input: { image, model: { blob, card }, ...index, lang: context.lang } };
  },
  answer: async ({ lang }, _, { output: { model, picture, method, target, top, ms, firstFrame } }) => {
    const first = {
      en: `its first choice is ${top.label} ${percent(top.probability)}`,
      ko: `모델의 1순위는 ${top.label} ${percent(top.probability)}`,
    }[lang];
    const text = [
      `**${target.label}** ${percent(target.probability)}${target.index === top.index ? "" : ` (${first})`}`,
      methods[method][lang],
      ...(firstFrame ? [firstFrameNote[lang]] : []),
    ].join("\n");
    return { text, pictures: [picture], data: { model, method, target, top, ms: Math.round(ms) } };
  },
});
