import { command } from "../src/chat/command.ts";
import { PseudoLabelFields } from "../src/runs/kinds/pseudolabel.ts";
import { answerRun, runData } from "./parts/runAnswer.ts";
import { runOptions } from "./parts/runOptions.ts";
import { requestRun } from "./parts/runRequest.ts";
import { fewLabelsHead, fewLabelsOptions, fewLabelsSpec, pseudoLabelLine, thresholdOption } from "./parts/semiSupervised.ts";

/** The data of /fixmatch. */
const FixMatchData = runData("fixmatch", PseudoLabelFields);

/** A network has to predict of a strongly augmented picture what it predicts of the plain one, where it is confident. */
export const fixmatch = command({
  name: "fixmatch",
  ko: "픽스매치",
  about: {
    en: "Learn from few labels and from agreeing with itself (FixMatch)",
    ko: "적은 라벨과 예측의 일관성으로 배우기 (FixMatch)",
  },
  options: { ...fewLabelsOptions, threshold: { ...thresholdOption, default: 0.9 }, ...runOptions },
  data: FixMatchData,
  run: async (context, args) =>
    requestRun(context, { kind: "fixmatch", ...(await fewLabelsSpec(context, args)), threshold: args.threshold }),
  answer: async (context, _, done) => {
    const { spec, pseudoLabels, ...report } = FixMatchData.parse(done.output.report);
    const head = fewLabelsHead({ ...report, spec }, { ...spec, method: "FixMatch" }, context.lang);
    return answerRun(context, done, { data: FixMatchData, head, lines: [pseudoLabelLine(pseudoLabels, context.lang)] });
  },
});
