import { compareAccuracies } from "../src/accuracies.ts";
import { command } from "../src/chat/command.ts";
import { percent } from "../src/numbers.ts";
import { PolicySearchFields, policySearches } from "../src/runs/kinds/policysearch.ts";
import { demandLabels, resolveData } from "./parts/data.ts";
import { answerRun, runData } from "./parts/runAnswer.ts";
import { resolveNet } from "./parts/runNets.ts";
import { commonSpec, netOption, runOptions } from "./parts/runOptions.ts";
import { requestRun } from "./parts/runRequest.ts";
import { accuracyText, mainSpread } from "./parts/runWords.ts";

/** The data of /policysearch. */
const PolicySearchData = runData("policysearch", PolicySearchFields);

/** Tries augmentation policies briefly, and trains the best of them beside none. */
export const policysearch = command({
  name: "policysearch",
  ko: "정책탐색",
  about: {
    en: "Find the augmentation policy that suits (RandAugment's N and M)",
    ko: "잘 맞는 증강 정책 찾기 (RandAugment의 N과 M)",
  },
  options: {
    net: netOption,
    search: {
      kind: "choice",
      ko: "방식",
      about: { en: "every N and M of a grid, or policies drawn at random", ko: "N과 M의 격자를 모두 시험하거나 무작위로 뽑기" },
      of: policySearches,
      labels: { grid: { en: "grid", ko: "그리드" }, random: { en: "random", ko: "랜덤" } },
      default: "grid",
    },
    ...runOptions,
  },
  data: PolicySearchData,
  run: async (context, args) => {
    const common = await commonSpec(context, args);
    demandLabels(await resolveData(context, common.data));
    return requestRun(context, {
      kind: "policysearch",
      ...common,
      net: resolveNet(args.net, args.preset).name,
      search: args.search,
    });
  },
  answer: async (context, _, done) => {
    const { lang } = context;
    const { report } = done.output;
    const { policies, best, plain, margin, control, summary } = PolicySearchData.parse(report);
    const chosen = policies.find(({ policy }) => policy === best);
    const [with_, without] = [mainSpread(report), summary[control ?? ""]];
    const found = chosen ? percent(chosen.validation) : "-";
    const width = `±${(100 * margin).toFixed(1)}`;
    const worse = {
      en: `None of ${policies.length} policies did better than none: the nearest, \`${best}\`, gets ${found} of the validation pictures after a brief training, and ${percent(plain)} is what comes without.`,
      ko: `정책 ${policies.length}개 중 정책이 없을 때보다 나은 것은 없었어요. 가장 가까운 \`${best}\`: 짧은 학습 뒤 검증 정확도 ${found}, 정책이 없으면 ${percent(plain)}.`,
    }[lang];
    const close = {
      en: `None of ${policies.length} policies stands out: the best, \`${best}\`, gets ${found} of the validation pictures after a brief training, ${percent(plain)} is what comes without, and ${width} points may be chance.`,
      ko: `정책 ${policies.length}개 중 뚜렷하게 나은 것은 없었어요. 1위 \`${best}\`: 짧은 학습 뒤 검증 정확도 ${found}, 정책이 없으면 ${percent(plain)}. ${width} %p는 우연일 수 있어요.`,
    }[lang];
    const better = {
      en: `Best of ${policies.length} policies: \`${best}\`, ${found} of the validation pictures after a brief training, against ${percent(plain)} without one.`,
      ko: `정책 ${policies.length}개 중 최고: \`${best}\`. 짧은 학습 뒤 검증 정확도 ${found}, 정책이 없으면 ${percent(plain)}.`,
    }[lang];
    const head = { better, close, worse }[compareAccuracies(chosen?.validation ?? 0, plain, margin)];
    const [longer, alone] = [with_ ? accuracyText(with_) : "-", without ? accuracyText(without) : "-"];
    const lines = {
      en: [
        `Trained for longer: **${longer}** of the test pictures with it, **${alone}** without. Short runs favour weak policies.`,
      ],
      ko: [`더 오래 학습하면 테스트 정확도 **${longer}**, 정책 없이 **${alone}**. 짧은 학습에서는 약한 정책이 유리해요.`],
    }[lang];
    return answerRun(context, done, { data: PolicySearchData, head, lines });
  },
});
