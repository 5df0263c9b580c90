import { type CommandContext, command } from "../src/chat/command.ts";
import type { Choice } from "../src/chat/options.ts";
import { escapeText } from "../src/richText.ts";
import { transferFields, transferModes } from "../src/runs/kinds/transfer.ts";
import { installed, modelChoice } from "./parts/models.ts";
import { answerRun, runData } from "./parts/runAnswer.ts";
import { runOptions } from "./parts/runOptions.ts";
import { requestRun } from "./parts/runRequest.ts";
import { accuracyText, mainSpread } from "./parts/runWords.ts";
import { transferSpec } from "./parts/transferSpec.ts";
import { whoIsAhead } from "./parts/transferWords.ts";

/** The data of /transfer. */
const TransferData = runData("transfer", transferFields);

const models = async (context: CommandContext): Promise<readonly Choice[]> => (await installed(context)).map(modelChoice);

const options = {
  model: {
    kind: "text",
    ko: "모델",
    about: { en: "the model to begin with; one that suits when left out", ko: "출발할 모델. 비우면 알맞은 모델" },
    suggest: models,
  },
  ...runOptions,
  data: {
    kind: "text",
    ko: "데이터",
    about: { en: "the data set; our labelled pictures, or else shapes", ko: "데이터셋. 비우면 우리 라벨 사진, 없으면 shapes" },
    suggest: runOptions.data.suggest,
  },
  mode: {
    kind: "choice",
    ko: "방식",
    about: { en: "what is trained; what suits when left out", ko: "무엇을 학습할지. 비우면 알맞은 방식" },
    of: transferModes,
    labels: {
      head: { en: "head: a new last layer only", ko: "헤드: 새 마지막 레이어만" },
      finetune: { en: "finetune: everything, beside the same from scratch", ko: "파인튜닝: 전부. 처음부터 학습한 것과 비교" },
      both: { en: "both: which wins as labels grow", ko: "둘다: 라벨이 늘수록 무엇이 이기는지" },
    },
  },
  lr: {
    kind: "number",
    ko: "학습률",
    about: { en: "learning rate of the new last layer", ko: "새 마지막 레이어의 학습률" },
    min: 0.00001,
    max: 1,
    default: 0.01,
  },
  backbone_lr: {
    kind: "number",
    ko: "백본학습률",
    about: { en: "learning rate of all before it; 0 freezes it", ko: "그 앞 모든 레이어의 학습률. 0이면 고정" },
    min: 0,
    max: 1,
    default: 0.003,
  },
  labels: {
    kind: "text",
    ko: "라벨",
    about: { en: "labels a class to compare, or all: 10,30,100", ko: "비교할 클래스당 라벨 수 또는 모두. 예: 10,30,100" },
    suggest: async () => [
      { value: "all", label: { en: "all", ko: "모두" }, ko: "모두" },
      ...["10,100", "10,30,100,300"].map((value) => ({ value, label: { en: value, ko: value } })),
    ],
  },
} as const;

/** A model that knows other pictures learns these: a new last layer, or all of it, beside the same network from scratch. */
export const transfer = command({
  name: "transfer",
  ko: "전이학습",
  about: { en: "Teach a trained CNN your own classes (transfer learning)", ko: "학습된 CNN에 새 클래스 가르치기 (전이 학습)" },
  options,
  data: TransferData,
  run: async (context, args) => requestRun(context, await transferSpec(context, args)),
  answer: async (context, _, done) => {
    const { lang } = context;
    const { report } = done.output;
    const { spec, counts } = TransferData.parse(report);
    const spread = mainSpread(report);
    const [right, most] = [spread ? accuracyText(spread) : "-", counts.at(-1)?.labels ?? 0];
    const [model, data] = [escapeText(spec.model), escapeText(spec.data)];
    const head = {
      en: `**${model}** learned **${data}** from ${most} labels a class: **${right}** of the test pictures right.`,
      ko: `**${model}** 모델이 **${data}** 데이터를 클래스당 라벨 ${most}개로 배웠어요. 테스트 사진 정확도 **${right}**.`,
    }[lang];
    return answerRun(context, done, { data: TransferData, head, lines: whoIsAhead(counts, lang) });
  },
});
