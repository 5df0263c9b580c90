import { command } from "../src/chat/command.ts";
import { FoundLearningRate } from "../src/jobs/contracts/learningRate.ts";
import type { Button } from "../src/reply.ts";
import { escapeText } from "../src/richText.ts";
import { demandLabels, resolveData } from "./parts/data.ts";
import { resolveNet } from "./parts/runNets.ts";
import { netOption, runOptions } from "./parts/runOptions.ts";
import { secondsText } from "./parts/runWords.ts";

/** 0.0316 as "0.032", 0.00002 as "2e-5". */
const rateText = (rate: number): string => (rate >= 1e-3 ? String(Number(rate.toPrecision(2))) : rate.toExponential(0));

/** Looks for the learning rate that suits a network and a data set: the learning rate range test. */
export const learningRate = command({
  name: "learning-rate",
  ko: "학습률",
  about: { en: "Find a learning rate for a CNN", ko: "CNN에 맞는 학습률 찾기" },
  options: {
    net: { ...netOption, about: { en: "the network; that of /train when left out", ko: "신경망. 비우면 /학습의 기본 신경망" } },
    data: runOptions.data,
    seed: runOptions.seed,
  },
  data: FoundLearningRate,
  run: async (context, { net: typed, data: name, seed }) => {
    const net = resolveNet(typed, runOptions.preset.default);
    const data = await resolveData(context, name);
    demandLabels(data);
    return { job: "learningRate", input: { net: net.name, data, seed, lang: context.lang } };
  },
  answer: async ({ lang }, _, { output: { pictures, ...data } }) => {
    const { net, data: name, suggestion, batch, optimiser, points, seconds } = data;
    const [rate, of, on] = [rateText(suggestion), escapeText(net), escapeText(name)];
    const head = {
      en: `A learning rate of about **${rate}** suits **${of}** on **${on}**.`,
      ko: `**${on}** 데이터로 **${of}** 신경망을 학습할 때는 학습률 **${rate}** 정도가 좋아요.`,
    }[lang];
    const how = {
      en: "The learning rate rose in every step; the suggestion is the middle of the longest fall of the loss, well before it turns (Smith 2015).",
      ko: "스텝마다 학습률을 올렸어요. 추천하는 값은 손실이 가장 오래 내려가는 구간의 가운데이고, 손실이 다시 오르는 곳보다 충분히 앞이에요(Smith 2015).",
    }[lang];
    const cost = {
      en: `batch ${batch} · ${optimiser} · ${points.length} steps · ${secondsText(seconds, lang)}`,
      ko: `배치 ${batch} · ${optimiser} · ${points.length}스텝 · ${secondsText(seconds, lang)}`,
    }[lang];
    const train: Button = {
      label: { en: `🏋 Train with ${rate}`, ko: `🏋 ${rate}로 학습하기` }[lang],
      command: "train",
      args: { net, data: name, lr: Number(rate) },
    };
    return { text: [head, how, cost].join("\n"), pictures, buttons: [train], data };
  },
});
