import { z } from "zod";
import { command } from "../src/chat/command.ts";
import { explain as explainJob } from "../src/jobs/contracts/explain.ts";
import { Prediction } from "../src/models/prediction.ts";
import { shownLabel } from "../src/models/shownLabel.ts";
import { percent } from "../src/numbers.ts";
import { escapeText } from "../src/richText.ts";
import { labelButtons } from "./parts/labelButtons.ts";
import { classIndex, modelChoices, toAsk } from "./parts/models.ts";
import { linesOf } from "./parts/replies.ts";

const methods = {
  cam: {
    en: "class activation map: the last feature maps, weighted by this class's weights",
    ko: "클래스 활성화 맵: 마지막 특징 맵에 이 클래스의 가중치를 곱한 것",
  },
  occlusion: {
    en: "occlusion: covering the red areas made this class less likely",
    ko: "오클루전 분석: 빨간 곳을 가리면 이 클래스의 확률이 떨어졌어요",
  },
};

/** Shows where in a picture a model saw a class. */
export const explain = command({
  name: "explain",
  ko: "설명",
  about: { en: "See what a CNN looked at", ko: "CNN이 사진의 어디를 보았는지 보기" },
  message: { en: "Explain", ko: "설명" },
  options: {
    image: { kind: "image", ko: "사진", about: { en: "the picture to explain", ko: "설명할 사진" }, required: true },
    model: {
      kind: "choice",
      ko: "모델",
      about: { en: "which model; the best one when left out", ko: "모델 이름. 비우면 가장 좋은 모델" },
      among: modelChoices,
    },
    class: {
      kind: "text",
      ko: "클래스",
      about: { en: "which class to look for; the model's top class when left out", ko: "찾아볼 클래스. 비우면 모델의 1순위" },
    },
  },
  data: explainJob.output.pick({ model: true, method: true, target: true, top: true, ms: true }).extend({
    method: explainJob.output.shape.method.describe(
      "`cam` where the network ends in global pooling and one dense layer, else `occlusion`; the heat map itself is in `files`",
    ),
    target: Prediction.describe("the class that was looked for"),
    top: Prediction.describe("the model's top class"),
    ms: z.int().describe("milliseconds of the whole explanation"),
  }),
  run: async (context, { image, model, class: wanted }) => {
    const { blob, card } = await toAsk(context, model);
    const index = wanted === undefined ? {} : { index: classIndex(wanted, card) };
    return { job: "explain", input: { image, model: { blob, card }, ...index, lang: context.lang } };
  },
  answer: async (context, { image }, { output: { model, picture, method, target, top, ms, firstFrame } }) => {
    const { lang } = context;
    const topClass = {
      en: `its top class is ${escapeText(top.label)} ${percent(top.probability)}`,
      ko: `모델의 1순위는 ${escapeText(shownLabel(top, "ko"))} ${percent(top.probability)}`,
    }[lang];
    const found = `**${escapeText(shownLabel(target, lang))}** ${percent(target.probability)}`;
    const lines = [target.index === top.index ? found : `${found} (${topClass})`, methods[method][lang]];
    return {
      text: linesOf(lines, firstFrame, lang),
      pictures: [picture],
      buttons: await labelButtons(context, image),
      data: { model, method, target, top, ms: Math.round(ms) },
    };
  },
});
