import { command } from "../src/chat/command.ts";
import { PseudoLabelFields } from "../src/runs/kinds/pseudolabel.ts";
import { answerRun, runData } from "./parts/runAnswer.ts";
import { runOptions } from "./parts/runOptions.ts";
import { requestRun } from "./parts/runRequest.ts";
import { fewLabelsHead, fewLabelsOptions, fewLabelsSpec, pseudoLabelLine, thresholdOption } from "./parts/semiSupervised.ts";

/** The data of /pseudolabel. */
const PseudoLabelData = runData("pseudolabel", PseudoLabelFields);

/** A network takes its own confident predictions for labels, beside the same one on the labels alone. */
export const pseudolabel = command({
  name: "pseudolabel",
  ko: "의사라벨",
  about: { en: "Learn from few labels and from its own predictions", ko: "적은 라벨과 스스로의 예측으로 배우기" },
  options: {
    ...fewLabelsOptions,
    threshold: { ...thresholdOption, default: 0.9 },
    ramp: {
      kind: "number",
      ko: "램프",
      about: { en: "share of the run over which pseudo-labels gain their weight", ko: "의사 라벨의 가중치가 커지는 구간의 비율" },
      min: 0,
      max: 1,
      default: 0.4,
    },
    ...runOptions,
  },
  data: PseudoLabelData,
  run: async (context, args) => {
    const { threshold, ramp } = args;
    return requestRun(context, { kind: "pseudolabel", ...(await fewLabelsSpec(context, args)), threshold, ramp });
  },
  answer: async (context, _, done) => {
    const { spec, pseudoLabels, ...report } = PseudoLabelData.parse(done.output.report);
    const method = { en: "pseudo-labels", ko: "의사 라벨" }[context.lang];
    const head = fewLabelsHead({ ...report, spec }, { ...spec, method }, context.lang);
    return answerRun(context, done, { data: PseudoLabelData, head, lines: [pseudoLabelLine(pseudoLabels, context.lang)] });
  },
});
