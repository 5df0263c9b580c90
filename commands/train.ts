import { command } from "../src/chat/command.ts";
import { escapeText } from "../src/richText.ts";
import { demandLabels, resolveData } from "./parts/data.ts";
import { answerRun, runData } from "./parts/runAnswer.ts";
import { resolveNet } from "./parts/runNets.ts";
import { commonSpec, netOption, runOptions } from "./parts/runOptions.ts";
import { requestRun } from "./parts/runRequest.ts";
import { accuracyText, mainSpread } from "./parts/runWords.ts";

/** The data of /train. */
const TrainData = runData("train", {});

/** Trains a network from scratch, on all labels. Nothing is claimed, so there is no control. */
export const train = command({
  name: "train",
  ko: "학습",
  about: { en: "Train a CNN from scratch", ko: "CNN을 처음부터 학습하기" },
  options: {
    net: netOption,
    ...runOptions,
    lr: {
      kind: "number",
      ko: "학습률",
      about: {
        en: "the peak learning rate; what suits the network when left out",
        ko: "최대 학습률. 비우면 신경망에 맞는 값",
      },
      min: 1e-6,
      max: 10,
    },
  },
  data: TrainData,
  run: async (context, args) => {
    const net = resolveNet(args.net, args.preset);
    demandLabels(await resolveData(context, args.data));
    const lr = args.lr === undefined ? {} : { lr: args.lr };
    return requestRun(context, { kind: "train", ...(await commonSpec(context, args)), net: net.name, ...lr });
  },
  answer: async (context, _, done) => {
    const { report } = done.output;
    const { spec } = TrainData.parse(report);
    const spread = mainSpread(report);
    const right = spread ? accuracyText(spread) : "-";
    const [net, of] = [escapeText(spec.net), escapeText(spec.data)];
    const head = {
      en: `**${net}** learned **${of}**: **${right}** of the test pictures right.`,
      ko: `**${net}** 신경망이 **${of}** 데이터를 배웠어요. 테스트 사진 정확도 **${right}**.`,
    }[context.lang];
    return answerRun(context, done, { data: TrainData, head });
  },
});
