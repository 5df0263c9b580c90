import type { CommandContext } from "../../src/chat/command.ts";
import type { ArgsOf, OptionSpecs } from "../../src/chat/options.ts";
import { percent } from "../../src/numbers.ts";
import { escapeText } from "../../src/richText.ts";
import type { PseudoLabels } from "../../src/runs/kinds/pseudolabel.ts";
import type { RunReport } from "../../src/runs/report.ts";
import type { Language } from "../../src/text.ts";
import { demandLabels, resolveData } from "./data.ts";
import { resolveNet } from "./runNets.ts";
import { commonSpec, netOption, type runOptions } from "./runOptions.ts";
import { accuracyText, mainSpread } from "./runWords.ts";

/** From which probability on a prediction counts as a label. */
export const thresholdOption = {
  kind: "number",
  ko: "임곗값",
  about: { en: "a prediction counts as a label from this probability on", ko: "예측 확률이 이 값 이상이면 라벨로 써요" },
  min: 0,
  max: 1,
} as const;

/** The options of learning from few labels: network and how many labels a class are left, and what every run has. */
export const fewLabelsOptions = {
  net: netOption,
  labels: {
    kind: "number",
    ko: "라벨",
    about: { en: "labels a class; all others are hidden", ko: "클래스마다 남길 라벨 수. 나머지는 숨겨요" },
    min: 1,
    max: 10_000,
    whole: true,
    default: 20,
  },
} as const satisfies OptionSpecs;

/** The part of a spec that those options give. Throws where data or network cannot be had. */
export const fewLabelsSpec = async (
  context: CommandContext,
  args: ArgsOf<typeof fewLabelsOptions> & ArgsOf<typeof runOptions>,
) => {
  const common = await commonSpec(context, args);
  demandLabels(await resolveData(context, common.data));
  return { ...common, net: resolveNet(args.net, args.preset).name, labels: args.labels };
};

/** What a network makes of few labels, with and without the others' pictures, in one sentence. */
export const fewLabelsHead = (
  report: RunReport,
  { net, labels, method }: { net: string; labels: number; method: string },
  lang: Language,
) => {
  const [own, alone] = [mainSpread(report), report.summary[report.control ?? ""]];
  const [with_, without] = [own ? accuracyText(own) : "-", alone ? accuracyText(alone) : "-"];
  const name = escapeText(net);
  return {
    en: `**${name}** with ${labels} labels a class: **${without}** from the labels alone, **${with_}** with ${method}.`,
    ko: `클래스마다 라벨 ${labels}개로 배운 **${name}**: 라벨만으로 **${without}**, ${method} 적용 시 **${with_}**.`,
  }[lang];
};

/** How many pseudo-labels there were and how many of them were right, in one sentence. */
export const pseudoLabelLine = ({ kept, total, precision }: PseudoLabels, lang: Language): string => {
  const right = precision === null ? "-" : percent(precision);
  return {
    en: `In the end it is confident about ${kept} of ${total} pictures without a label, and right about ${right} of those.`,
    ko: `학습을 마친 뒤 라벨 없는 사진 ${total}장 중 ${kept}장에 확신이 있고, 그중 ${right}를 맞혔어요.`,
  }[lang];
};
