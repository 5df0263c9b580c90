import { command } from "../src/chat/command.ts";
import { percent } from "../src/numbers.ts";
import { SelfTrainFields } from "../src/runs/kinds/selftrain.ts";
import { answerRun, runData } from "./parts/runAnswer.ts";
import { runOptions } from "./parts/runOptions.ts";
import { requestRun } from "./parts/runRequest.ts";
import { fewLabelsHead, fewLabelsOptions, fewLabelsSpec, thresholdOption } from "./parts/semiSupervised.ts";

/** The data of /selftrain. */
const SelfTrainData = runData("selftrain", SelfTrainFields);

/** A teacher labels pictures, a noised student learns from them and is the next teacher, round after round. */
export const selftrain = command({
  name: "selftrain",
  ko: "자가학습",
  about: { en: "Teach itself round by round (noisy student)", ko: "라운드마다 스스로 가르치며 배우기 (Noisy Student)" },
  options: {
    ...fewLabelsOptions,
    rounds: {
      kind: "number",
      ko: "라운드",
      about: {
        en: "how often the student becomes the teacher; 2 when left out, 1 in a taste",
        ko: "학생이 교사가 되는 횟수. 비우면 2번, taste에서는 1번",
      },
      min: 1,
      max: 5,
      whole: true,
    },
    threshold: { ...thresholdOption, default: 0.3 },
    ...runOptions,
  },
  data: SelfTrainData,
  run: async (context, args) => {
    const { threshold, preset, rounds = preset === "taste" ? 1 : 2 } = args; // a taste has no time for more: docs/LOG.md
    return requestRun(context, { kind: "selftrain", ...(await fewLabelsSpec(context, args)), rounds, threshold });
  },
  answer: async (context, _, done) => {
    const { lang } = context;
    const { spec, rounds, ...report } = SelfTrainData.parse(done.output.report);
    const method = { en: `self-training (${spec.rounds} rounds)`, ko: `자가 학습(${spec.rounds}라운드)` }[lang];
    const head = fewLabelsHead({ ...report, spec }, { ...spec, method }, lang);
    const lines = rounds.map(({ round, kept, total, precision, accuracy }) => {
      const right = precision === null ? "-" : percent(precision);
      return {
        en: `Round ${round}: ${kept} of ${total} pseudo-labels kept, ${right} of them right → ${percent(accuracy)}`,
        ko: `${round}라운드: 의사 라벨 ${total}개 중 ${kept}개 사용, 그중 ${right} 맞음 → ${percent(accuracy)}`,
      }[lang];
    });
    return answerRun(context, done, { data: SelfTrainData, head, lines });
  },
});
